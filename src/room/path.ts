/** The path of the live class on the server. */
export const CLASS_PATH = '/class/socket'

/** The path of the addresses at which phones in the room reach this server, as JSON. */
export const ADDRESS_PATH = '/class/address'
