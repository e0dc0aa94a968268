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
  '4.1': {
    title: 'Silence',
    intro:
      'You stand outside now, and the building is dark. Knock, and say what each answer proves: no more than that.',
    goal: 'Name the state behind sixteen knocks.',
    debrief:
      'A RST proves a host and a dark door. Silence proves that something swallowed it, and with UDP not even that.',
  },
  '4.2': {
    title: 'First match',
    intro:
      'A gatehouse. The guard reads his board from the top and stops at the first rule that fits; the rest is policy.',
    goal: 'Find the line that decides for eighteen packets.',
    debrief:
      'Order is meaning: a narrow rule below a broad one never speaks, and a rule for udp says nothing about tcp.',
  },
  '4.3': {
    title: 'The gate remembers',
    intro:
      'The host calls out, and answers come back to ports that no rule names. The guard has a notebook. Later he has none.',
    goal: 'Judge nineteen packets, with the notebook and without.',
    debrief:
      'Stateful: the five-tuple is the pass. Stateless: the return way needs rules too, and lets in whoever looks alike.',
  },
  '4.4': {
    title: 'Every handle',
    intro: 'One visitor tries every handle. Somebody moved ssh to 48222 and calls it hidden. Behave like the host.',
    goal: 'Answer eighteen knocks, then say what stands on the map.',
    debrief: 'The scan found 48222 and read its greeting. A moved door is a door; keys, patches and source rules help.',
  },
  '4.5': {
    title: 'Put out the lamps',
    intro:
      'The building is yours. The shop, the app, the admin need their doors; every other lamp is somebody’s way in.',
    goal: 'Plan rules and lamps. Then twenty-four visitors test them.',
    debrief:
      'Fewest doors, narrowest sources, both families. What stays open still needs patches, encryption and a login.',
  },
  '4.6': {
    title: 'Another number',
    intro:
      'Somebody shuffled the programs. The kernel delivers by number; whether both sides understand is another matter.',
    goal: 'Deliver, then predict who understands whom, eighteen times.',
    debrief:
      'The number is an appointment, the first bytes are the language. Neither 443 nor a low number makes it safe.',
  },
  '4.7': {
    title: 'Night watch',
    intro: 'Write the board, then watch. You will lose something tonight that no port could have saved. Find out why.',
    goal: 'Serve who should be served, nobody else, and read a stranger’s board.',
    debrief:
      'A gate, TLS, a login and patches each stop what the others cannot. Closed doors only leave fewer to defend.',
  },
  '5.1': {
    title: 'One street door',
    intro:
      'Three flats, one street address. Outgoing parcels get the street’s address and a free number; your list knows whose.',
    goal: 'Rewrite and hand back eighteen packets without mixing up two flats.',
    debrief:
      'The public port stands for a flat and its port. From the street all look like one, and the uninvited have no flat.',
  },
  '5.2': {
    title: 'The forwarding sign',
    intro:
      'A sign says: 8443 here means 443 in flat 20. Outside and inside number need not match. Every sign is an open door.',
    goal: 'Hang a sign, then translate packets both ways, nineteen in all.',
    debrief:
      'In: the destination is rewritten. Out: the source is restored. That flat is now as open as a house on the street.',
  },
  '5.3': {
    title: 'The annex on the roof',
    intro:
      'Each annex has its own full set of doors: two may both use 80. The sign on the street side reads host:container.',
    goal: 'Hang the right signs and say where sixteen visits end.',
    debrief:
      '8080:80 means: knock at 8080, meet 80. Only the street side must be unique. EXPOSE is a note, not a sign.',
  },
  '5.4': {
    title: 'Staff only',
    intro: 'The guard was told to drop 5432, and still strangers stand in the database. Look at when the sign is read.',
    goal: 'Predict sixteen visits, and write a sign that only staff can read.',
    debrief: 'Published ports are rewritten before the input rules see them. Write the address into the sign.',
  },
  '5.5': {
    title: 'The apartment block',
    intro: 'A parcel for 443 becomes one for 8080, then one for 80, and the answer walks all the way back.',
    goal: 'Follow thirty-one packets through two signs and home again.',
    debrief: 'Each box rewrote the label and undid it on the way out. At each stop: which pair is on the label now?',
  },
  '6.1': {
    title: 'Three numbers, one Service',
    intro:
      'Callers in the house dial the Service’s port, strangers the nodePort at any node. The wing answers at targetPort.',
    goal: 'Send eighteen callers to a wing and its number, or nowhere.',
    debrief: 'Three numbers for three places. get svc prints port:nodePort; get endpoints shows the wings themselves.',
  },
  '6.2': {
    title: 'The reception desk',
    intro: 'The desk takes calls on 443 and asks a wing on 8080. As a proxy it makes a second call, in its own name.',
    goal: 'Route twenty callers; choose the one rule that the wings need.',
    debrief: 'Listener port and target port are two settings. In proxy mode the wing sees the desk, not the guest.',
  },
  '6.3': {
    title: 'Postcards that hold a conversation',
    intro: 'Postcards knock at 443 now. One UDP lamp serves all guests, and QUIC writes an ID of its own inside.',
    goal: 'Serve eighteen items, and open the one rule that HTTP/3 needs.',
    debrief:
      'HTTP/3 is UDP 443: another door, another rule. An ID tells guests apart, so a moved guest stays the same.',
  },
  '6.4': {
    title: 'Friday deploy',
    intro: 'It worked on Thursday. Send a test packet, see where it dies, and fix that one setting. No guessing.',
    goal: 'Find five faults by where a packet dies; at most two wrong repairs.',
    debrief: 'Refused, silent or unhealthy: each points to another box. The label at each stop shows the fault itself.',
  },
  '7.1': {
    title: 'Raw paper',
    intro:
      'The forms are gone. Byte 9 of the IPv4 header is the protocol; the ports are the first four bytes after it.',
    goal: 'Deliver fifteen items from their bytes.',
    debrief:
      'Sixteen bits each, high byte first. You read 01 bb and thought 443; nothing stands between you and the wire.',
  },
  '7.2': {
    title: 'A recorded night',
    intro: 'This really happened, on one laptop, in a few seconds. Take each packet to its conversation.',
    goal: 'Sort 23 packets into conversations, and say who is the client in seven.',
    debrief: 'One click, ten conversations. Each was held together by nothing but five fields.',
  },
  '7.3': {
    title: 'The all-nighter',
    intro: 'All doors, all windows, one night. The traffic knows where you were unsure. Pause whenever you want.',
    goal: 'Sixty errands through the whole harbour.',
    debrief: 'You route by fields, not by feeling. Tomorrow is another night; your weakest idea comes back more often.',
  },
  '7.4': {
    title: 'Your own night',
    intro: 'These packets really came in. Data goes to the window with its label, a first packet to its door.',
    goal: 'Route what the recording brought to this address.',
    debrief: 'A capture shows ports, not programs: ss -p on the machine would tell.',
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
