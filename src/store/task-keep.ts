import * as v from 'valibot'
import { openBox } from './storage'

const BegunSchema = v.object({
  /** The task's link, behind the question mark. */
  query: v.pipe(v.string(), v.maxLength(8000)),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(80)),
  /** Which version of the questions was drawn on this device. */
  version: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(7)),
  /** When all was answered, milliseconds since 1970. */
  done: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0))),
})
export type Begun = v.InferOutput<typeof BegunSchema>

const TASKS_KEY = 'port-authority.tasks'
const MOST_TASKS = 20

export interface Tasks {
  of(query: string): Begun | undefined
  put(task: Begun): void
}

/** The tasks that were begun in this browser: who answers, and with which numbers, so that a reload changes neither. */
export function keepTasks(storage: Storage | undefined): Tasks {
  const schema = v.object({ version: v.literal(1), tasks: v.pipe(v.array(BegunSchema), v.maxLength(MOST_TASKS)) })
  const box = openBox(storage, TASKS_KEY, schema, { version: 1, tasks: [] })
  let known = box.value.tasks
  const all = () => (known = box.reread()?.tasks ?? known)
  return {
    of: (query) => all().find((task) => task.query === query),
    put: (task) => {
      known = [task, ...all().filter(({ query }) => query !== task.query)].slice(0, MOST_TASKS)
      box.save({ version: 1, tasks: known })
    },
  }
}
