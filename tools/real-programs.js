// Prints, for each real program that tests can use, whether it was exercised, and by what; else why not.
// Usage: node tools/real-programs.js <record written by test/support/programs.ts>
'use strict';
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');

const PROGRAMS = {
  terraform: { label: 'terraform with the AWS provider', command: ['terraform', 'version'] },
  aws: { label: 'aws', command: ['aws', '--version'] },
  boto3: { label: 'boto3', command: ['python3', '-c', 'import boto3; print(boto3.__version__)'] },
  'cfn-lint': { label: 'cfn-lint', command: ['cfn-lint', '--version'] },
  chromium: { label: 'Chromium', command: ['chromium', '--version'] },
  curl: { label: 'curl', command: ['curl', '--version'] },
  python3: { label: 'Python', command: ['python3', '--version'] },
  'python-jsii': { label: 'Python with lib (jsii)', command: ['python3', '-c', 'import jsii; print(jsii.__version__)'] },
};

const record = process.argv[2];
const lines = record && fs.existsSync(record) ? fs.readFileSync(record, 'utf8').split('\n').filter(Boolean) : [];
for (const [name, { label, command }] of Object.entries(PROGRAMS)) {
  const uses = lines.map((line) => line.split('\t')).filter(([program]) => program === name);
  const probe = spawnSync(command[0], command.slice(1), { encoding: 'utf8' });
  const version = (probe.stdout || probe.stderr || '').split('\n')[0];
  if (uses.length > 0) {
    console.log(`${label}: exercised (${version}): ${[...new Set(uses.map(([, what]) => what))].join('; ')}`);
  } else if (probe.error || probe.status !== 0) {
    console.log(`${label}: absent, not exercised`);
  } else {
    console.log(`${label}: present (${version}), not exercised: no test uses it yet`);
  }
}
