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
  '7.4': {
    title: 'Your own night',
    intro: 'These packets really came in. Data goes to the window with its label, a first packet to its door.',
    goal: 'Route what the recording brought to this address.',
    debrief: 'A capture shows ports, not programs: ss -p on the machine would tell. Do you know all who called?',
  },
} satisfies Record<string, LevelWords>

const named: Readonly<Record<string, LevelWords>> = words

/** The words of a level; a level without any of its own is named by its id. */
export const levels = (id: string): LevelWords => named[id] ?? { title: id, intro: '', goal: '', debrief: '' }
