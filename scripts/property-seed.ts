import * as fc from 'fast-check'

// The same cases on every run, so that what lands does not hang on luck. FC_SEED tries others.
fc.configureGlobal({ seed: Number(process.env['FC_SEED'] ?? 65_535) })
