import { number, share } from './number'

const packets = (value: number) => `${number(value)} ${value === 1 ? 'packet' : 'packets'}`

export const capture = {
  title: 'Your own night',
  about:
    'Bring a recording of real traffic: .pcap or .pcapng, gzipped or not. It is read in this browser and never leaves it.',
  choose: 'Choose a file',
  orDrop: 'or drop it here',
  sample: 'Take the sample',
  sampleName: 'sample.pcap',
  other: 'Choose another file',
  sampleAbout: 'A small server, one minute of its evening.',
  back: 'Back to the building',
  reading: (file: string) => `Reading ${file}`,
  progress: (part: number, count: number) => `${share(part)}, ${packets(count)}`,
  cancel: 'Cancel',
  cancelled: 'Cancelled. Nothing was kept.',
  found: (file: string, count: number, hosts: number) =>
    `${file}: ${packets(count)}, ${number(hosts)} ${hosts === 1 ? 'address' : 'addresses'}`,
  damaged: 'What could be read can be played.',
  who: 'Which address is the building?',
  host: (inbound: number, doors: number) =>
    `${packets(inbound)} came in, ${number(doors)} ${doors === 1 ? 'door' : 'doors'}`,
  proposed: 'the busiest server',
  count: 'Packets to play',
  start: 'Start the shift',
  none: 'No packet in this file reached an address over TCP or UDP, so there is nothing to route. Try another recording.',
  noneFor: (address: string) => `Nothing that came to ${address} was answered or can be read. Choose another address.`,
  notAsked: (unreadable: number, unanswered: number) =>
    [
      unanswered > 0 ? `${packets(unanswered)} nobody answered, so nobody can say what is right` : '',
      unreadable > 0 ? `${packets(unreadable)} without readable ports` : '',
    ]
      .filter(Boolean)
      .join('; '),
  failed: 'The file could not be opened. It may have been moved or changed while it was read: choose it again.',
}
