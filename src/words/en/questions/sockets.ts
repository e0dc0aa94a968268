/** Words of the questions of this topic, by template. */
export const sockets = {
  'ps-which-window': {
    stem: 'A segment with data arrives. Where does it go?',
    explain: (peer: string, door: number, why: string) =>
      why === 'connection'
        ? `Source address and source port together choose among the windows of door ${door}: this is the one of \`${peer}\`.`
        : `Source address and source port together choose among the windows of door ${door}. No window has \`${peer}\`, and data is no SYN, so the answer is RST.`,
  },
}
