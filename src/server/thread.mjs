// A worker thread reads no TypeScript by itself: it begins here and goes on with the program that it was given.
import { workerData } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

register()
await import(workerData.program)
