/** A level's words. Each text takes at most two lines of 60 characters. */
export interface LevelWords {
  readonly title: string
  readonly intro: string
  readonly goal: string
  readonly debrief: string
}

const words = {
  '1.1': {
    title: 'First doors',
    intro: 'Night shift. One server, one address. Each parcel carries a number, and each number is a door.',
    goal: 'Bring ten parcels to the door that their destination port names.',
    debrief: 'One address, three services. The number on the papers picked the door. That is all a port is.',
  },
  '1.2': {
    title: 'The return address',
    intro: 'Each sender writes two ports: where the parcel goes, and where an answer comes back to. One is your door.',
    goal: 'Deliver fourteen parcels, and none of them to its source port.',
    debrief:
      'Source port: return address, picked by the client. Destination port: your door. A large number can be either.',
  },
  '1.3': {
    title: 'Parcel or postcard',
    intro: 'Parcels are TCP, postcards are UDP, and each has doors of its own. One number can stand on two of them.',
    goal: 'Bring sixteen items to the right number in the right row.',
    debrief: 'First the protocol, then the port. 53/tcp and 53/udp are separate doors, and DNS uses both.',
  },
  '1.4': {
    title: 'Bricked up',
    intro: 'No lamp, no service. But a closed port is not silent: TCP is refused with RST, UDP with an ICMP note.',
    goal: 'Deliver or refuse eighteen items, each in the manner of its protocol.',
    debrief:
      'Refused means: the host lives, and nobody listens there. Silence is what filters do. And a ping has no port.',
  },
  '1.5': {
    title: 'Three districts',
    intro: 'The registry lists who usually lives where. Tonight plates and papers show names; B opens the book.',
    goal: 'Match names and numbers, then say in which range four ports are.',
    debrief: 'The registry is an agreement, not a lock: clients know where to knock; any program may hold the door.',
  },
  '1.6': {
    title: 'Rush at the front desk',
    intro:
      'A ship has docked. Protocol, destination port, lamp: in that order. The last papers come as a terminal prints them.',
    goal: 'Clear three waves at ten doors with at most five first-try errors.',
    debrief:
      'You just did what a kernel does for every first packet. Tomorrow many callers stand at one and the same door.',
  },
  '2.1': {
    title: 'One door, many windows',
    intro: 'A door serves more than one visitor. A SYN lights a new window; data goes to the window with its label.',
    goal: 'Light new windows and bring data to the right ones, sixteen parcels.',
    debrief: 'Port 443 stayed one number while windows multiplied. Each is a socket: same door, another remote end.',
  },
  '2.2': {
    title: 'Same street, other flat',
    intro:
      'A whole office shares one address, and two strangers chose one port by chance. Read both halves of a label.',
    goal: 'Deliver eighteen lookalikes without mixing up two windows.',
    debrief: 'Neither address nor port names a connection; the pair does, together with the door.',
  },
  '2.3': {
    title: 'Lamp or window',
    intro:
      'The lamp waits for newcomers and carries no data. Windows carry data and take no newcomers. The board lists both.',
    goal: 'Eighteen parcels: a LISTEN line takes SYNs, an ESTAB line takes data, all else gets RST.',
    debrief:
      'A lamp may go out while its windows stay lit. Data without its own ESTAB line gets RST, even at an open door.',
  },
  '2.4': {
    title: 'The way home',
    intro: 'Each request wants an answer: source and destination change places. Then you stand at the other end.',
    goal: 'Address eight answers, then receive eight at your own laptop.',
    debrief:
      'The server always speaks from its own port; the client’s is its system’s choice, on Linux 32768 to 60999.',
  },
  '2.5': {
    title: 'Full house',
    intro:
      'Tonight all are here at once. Before the last wave you bet how many ports and sockets the building will use.',
    goal: 'Forty windows at one door, and a counter that does not stop.',
    debrief: 'Two ports, tens of thousands of sockets. Ports never were the limit; different five-tuples are.',
  },
  '3.1': {
    title: 'Which entrance',
    intro: 'A lamp hangs at an address. 0.0.0.0 is every entrance; 127.0.0.1 is for staff, and no street leads there.',
    goal: 'Route eighteen visits by address and port.',
    debrief:
      'The destination address takes part in the choice. The database was safe from the street without any rule.',
  },
  '3.2': {
    title: 'Long addresses',
    intro: 'Same doors, longer addresses. A lamp at :: takes IPv4 guests too, unless it says v6only.',
    goal: 'Route sixteen items of both families.',
    debrief: 'Ports are the same sixteen bits in IPv6. Whether :: takes IPv4 is an option of the socket, IPV6_V6ONLY.',
  },
  '3.3': {
    title: 'Hang the lamps',
    intro: 'You are the kernel. Protocol, address and number together must be free, and some numbers need permission.',
    goal: 'Judge seventeen requests as the kernel would.',
    debrief:
      'A wildcard covers every entrance, so it clashes with each. TIME-WAIT can hold a door with no program left.',
  },
  '3.4': {
    title: 'Going out',
    intro:
      'Somebody must pick the return address. Your range is tiny today: towards one server each number serves once.',
    goal: 'Give fourteen calls a source port. Use a number again where the five-tuple allows it.',
    debrief: 'Only the whole five-tuple has to be unique. Eight numbers served more than eight calls.',
  },
  '3.5': {
    title: 'Moving day',
    intro:
      'Programs stop, die and move in while visitors keep coming. Lamps and windows live their own lives: trust the board.',
    goal: 'Keep the board true for three waves.',
    debrief: 'A lamp, its windows and its address each live their own life. You can now read any line of ss.',
  },
  '7.4': {
    title: 'Your own night',
    intro: 'These packets really came in. Data goes to the window with its label, a first packet to its door.',
    goal: 'Route what the recording brought to this address.',
    debrief: 'A capture shows ports, not programs: ss -p on the machine would tell. Do you know all who called?',
  },
  today: {
    title: 'Today’s shift',
    intro: 'Sixty packets from every floor, the same for everyone today. One try counts; nothing is timed.',
    goal: 'Sixty packets. The first verdict is the one that counts.',
    debrief: 'Sixty packets, and everyone who came today had these. Tomorrow there are others.',
  },
  night: {
    title: 'Night Shift',
    intro: 'Every computer you know, in no order, and more of what you miss. It ends when you say so.',
    goal: 'As many as you like. Press Esc when you have had enough.',
    debrief: 'You locked up yourself. The packets would have gone on.',
  },
} satisfies Record<string, LevelWords>

/** The levels that have words: every language has those of each. */
export type WordedLevel = keyof typeof words

const named: Readonly<Record<string, LevelWords>> = words

/** The words of a level; a level without any of its own is named by its id. */
export const levels = (id: string): LevelWords => named[id] ?? { title: id, intro: '', goal: '', debrief: '' }
