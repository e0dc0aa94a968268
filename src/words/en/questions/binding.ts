/** Words of the questions of this topic, by template. */
export const binding = {}
