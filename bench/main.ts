/** What it costs, as ratios measured in this one run: `npm run bench`, or `npm run bench -- model` for one part. */
import { benchBytes } from './bytes'
import { benchCapture } from './capture'
import { benchDiagnosis } from './diagnosis'
import { benchFilter } from './filter'
import { benchModel } from './model'
import { benchPractice } from './practice'
import { benchPracticePage } from './practice-page'
import { benchQuiz } from './quiz'
import { benchStage } from './stage'

const PARTS = {
  model: benchModel,
  filter: benchFilter,
  captures: benchCapture,
  bytes: benchBytes,
  practice: benchPractice,
  'practice-page': benchPracticePage,
  quiz: benchQuiz,
  stage: benchStage,
  diagnosis: benchDiagnosis,
}
const isPart = (name: string): name is keyof typeof PARTS => name in PARTS

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !isPart(name))
if (unknown.length > 0) {
  console.error(`There is no part "${unknown.join('", "')}". The parts are: ${Object.keys(PARTS).join(', ')}.`)
  process.exit(2)
}

for (const [name, part] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.log(`\n${name}`)
  try {
    await part((line) => console.log(`  ${line}`))
  } catch (error) {
    console.log(`  failed: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  }
}
