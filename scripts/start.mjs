// `npm start`: the main job on the embedded sample. Arguments after `--` go to `thresher thresholds`.
import { build } from './build.mjs'
import { run, tool } from './run.mjs'

build()
run(tool('thresher'), ['thresholds', '--sample', ...process.argv.slice(2)])
