// All that tests, and the programs that they run, leave in the machine's folder for temporary files goes into one of the run:
// an app of the CDK or of Terraform CDK leaves its output there, thousands in a run. Removed at the end of the run.
'use strict';
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

/** Before the first test; each project of a run asks for it. */
module.exports = function temporaryFolder() {
  process.env.HOLDFAST_TEST_FOLDER ??= fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-tests-'));
  process.env.TMPDIR = process.env.HOLDFAST_TEST_FOLDER;
};
