// Holds that both sides of a benchmark render the same: every resource with every property, but for the ids that the
// author chose. Without it the figures would drift as soon as a construct renders something new.
'use strict';
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { WORKLOADS, synthOnce } = require('./workloads');

/** Type, id and properties of each resource of what a framework wrote. */
const READERS = {
  'AWS CDK': (outdir) => {
    const { Resources: resources } = JSON.parse(fs.readFileSync(path.join(outdir, 'S.template.json'), 'utf8'));
    return Object.entries(resources).map(([id, resource]) => ({ type: resource.Type, id, resource }));
  },
  'Terraform CDK': (outdir) => {
    const stack = JSON.parse(fs.readFileSync(path.join(outdir, 'stacks', 'S', 'cdk.tf.json'), 'utf8'));
    return Object.entries(stack.resource).flatMap(([type, resources]) =>
      Object.entries(resources).map(([id, { '//': _comment, ...resource }]) => ({ type, id, resource })),
    );
  },
};

/** Each resource as text, its own and other ids replaced by the types that they stand for. */
function rendered(workload, read) {
  let resources = [];
  synthOnce(workload, workload.load(), (outdir) => (resources = read(outdir)));
  const ids = resources.sort((a, b) => b.id.length - a.id.length);
  const texts = resources.map(({ type, resource }) => {
    const text = JSON.stringify(sorted(resource));
    return `${type} ${ids.reduce((it, { type: of, id }) => withoutId(it, of, id), text)}`;
  });
  return texts.sort();
}

/** An id stands between quotes in CloudFormation, and between type and attribute in Terraform. */
function withoutId(text, type, id) {
  return text.replaceAll(`"${id}"`, `"<${type}>"`).replaceAll(`${type}.${id}`, `<${type}>`);
}

function sorted(value) {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  const isObject = typeof value === 'object' && value !== null;
  return isObject
    ? Object.fromEntries(
        Object.keys(value)
          .sort()
          .map((key) => [key, sorted(value[key])]),
      )
    : value;
}

/**
 * @param framework `AWS CDK` or `Terraform CDK`
 * @returns how many resources both sides render
 * @throws AssertionError when a resource of one side is not among those of the other
 */
function assertSame(framework) {
  const { byHand, ours } = WORKLOADS[framework];
  const [expected, actual] = [byHand, ours].map((workload) => rendered(workload, READERS[framework]));
  const at = actual.findIndex((text, i) => text !== expected[i]);
  const message = `${framework}: our constructs and the code by hand must render the same, ours first`;
  assert.strictEqual(actual[at], expected[at], message);
  assert.strictEqual(actual.length, expected.length, `${framework}: both sides must render equally many resources`);
  return actual.length;
}

module.exports = { assertSame };
