// The digest tells histories apart, not the order in which somebody wrote or gave their declarations.
import { parse, stringify } from 'yaml';
import { answerOf, cli, TEMPLATE } from './run-cli';

interface Simulation {
  readonly seed: number;
  readonly digest: string;
}

const MORE = `
Resources:
  Later:
    Type: AWS::DynamoDB::Table
    Properties: { TableName: later, Tags: [{ Key: backup, Value: daily }] }
`;
const INVENTORY = [
  { type: 'DynamoDB', name: 'listed', sizeGiB: 4, tags: { backup: 'daily' } },
  { type: 'S3', name: 'listed-too', sizeGiB: 4, tags: { backup: 'daily' } },
];

/** The template with its resources the other way round; its short forms stay as they are. */
function reversed(template: string): string {
  const [head, resources] = template.split('Resources:\n') as [string, string];
  const blocks = resources.split(/^(?= {2}\w+:\n)/m);
  return `${head}Resources:\n${blocks.reverse().join('')}`;
}

const FILES = {
  'stack.yaml': TEMPLATE,
  'upside/stack.yaml': reversed(TEMPLATE),
  'more.yaml': MORE,
  'inventory.yaml': stringify(INVENTORY),
  'upside/inventory.yaml': stringify([...INVENTORY].reverse()),
};

async function simulated(argv: string): Promise<Simulation> {
  return answerOf<Simulation>(await cli(`simulate ${argv} --days 60 --format json`.split(' '), FILES));
}

test('the two templates say the same in another order', () => {
  const names = (text: string): string[] =>
    Object.keys((parse(text, { logLevel: 'silent' }) as { Resources: object }).Resources);
  expect(names(reversed(TEMPLATE))).toEqual(names(TEMPLATE).reverse());
});

test.each([
  ['resources of a template', 'upside/stack.yaml more.yaml --inventory inventory.yaml'],
  ['artifacts', 'more.yaml stack.yaml --inventory inventory.yaml'],
  ['entries of the inventory', 'stack.yaml more.yaml --inventory upside/inventory.yaml'],
])('the order of %s is not in the digest', async (_what, argv) => {
  const { digest } = await simulated('stack.yaml more.yaml --inventory inventory.yaml');
  expect((await simulated(argv)).digest).toBe(digest);
});

test('another seed gives another digest and changes nothing else but what it delays', async () => {
  const [one, two] = [await simulated('stack.yaml --seed 1'), await simulated('stack.yaml --seed 2')];
  expect(two.digest).not.toBe(one.digest);
  expect({ ...two, seed: 1, digest: one.digest }).toEqual(one);
});
