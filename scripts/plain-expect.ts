import { chai } from 'vitest'

// Each `expect` is a proxy, only to catch words that chai does not know. The types do that, and it took a third of the time.
chai.config.useProxy = false
