import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** What is measured, for Prometheus. No label says who or which room. */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    connections: new Gauge({ name: 'class_connections', help: 'Sockets that are connected.', registers }),
    rooms: new Gauge({ name: 'class_rooms_held', help: 'Rooms that this node holds.', registers }),
    refusedConnections: new Counter({
      name: 'class_connections_refused_total',
      help: 'Connections that were turned away.',
      labelNames: ['why'],
      registers,
    }),
    said: new Counter({
      name: 'class_messages_total',
      help: 'Messages of browsers, by what was answered.',
      labelNames: ['said', 'reply'],
      registers,
    }),
    replies: new Histogram({
      name: 'class_reply_seconds',
      help: 'From a message to its acknowledgement.',
      labelNames: ['said'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers,
    }),
    commits: new Histogram({
      name: 'class_commit_events',
      help: 'Events that one write to the log held.',
      buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000],
      registers,
    }),
    wrong: new Counter({ name: 'class_wrong_total', help: 'Wrong codes, words and secrets.', registers }),
    slow: new Counter({ name: 'class_slow_total', help: 'Sockets that were too slow to be served.', registers }),
  }
}

export type Metrics = ReturnType<typeof createMetrics>
