// Every operation of AWS Backup, by the SDK for JavaScript, boto3 and the AWS CLI: one story, told by each of them to a
// World of its own, and seen by another.
import { exercised, testWith } from '../../../support/programs';
import { Driver, JavaScript, Python } from './drivers';
import { play, Played } from './play';
import { modelledErrors, OPERATIONS } from './shapes';
import { Stage, stage, REGION } from './stage';
import { STORY } from './story';

const TIMEOUT_MS = 900_000;

const MAKERS: readonly ((url: string) => Driver)[] = [
  (url) => new JavaScript(url, REGION),
  (url) => new Python('boto3', 'boto3', url, REGION),
  (url) => new Python('AWS CLI', 'cli', url, REGION),
];

/** The story by the client of a number, read by the next one. */
async function told(number: number): Promise<Played> {
  const here: Stage = await stage();
  const [client, reader] = [number, number + 1].map((one) => (MAKERS[one % MAKERS.length] as Maker)(here.front.url));
  try {
    return await play(here, client as Driver, reader as Driver);
  } finally {
    client?.close();
    reader?.close();
    await here.front.close();
  }
}

type Maker = (url: string) => Driver;

function count(what: string, there: number, of: number): void {
  process.stdout.write(`suite: ${what}: ${there} of ${of}\n`);
}

const NAMES = ['JavaScript SDK', 'boto3', 'AWS CLI'];
const LISTS = OPERATIONS.filter((one) => one.startsWith('List'));
const MODELLED = OPERATIONS.flatMap((one) => modelledErrors(one).map((error) => `${one} ${error}`));

testWith('boto3', 'python3', ['-c', 'import botocore, awscli.clidriver'])(
  'three clients do every operation with success, see what each other did, and are told the same',
  async () => {
    exercised('boto3', 'every operation of AWS Backup');
    exercised('aws', 'every operation of AWS Backup');
    const stories = await Promise.all([told(0), told(1), told(2)]);
    for (const [number, played] of stories.entries()) {
      const name = NAMES[number];
      const done = new Set(played.outputs.map(({ operation }) => operation));
      const isKnown = (modelled: string) => !played.unknown.includes(modelled.split(' ')[0] ?? '');
      if (played.unknown.length > 0) {
        process.stdout.write(`suite: ${name} as it is installed does not know ${played.unknown.join(', ')}\n`);
      }
      count(`${name}, operations`, done.size, OPERATIONS.length);
      const { provoked, injected } = played;
      const met = MODELLED.filter((one) => provoked.has(one) || injected.has(one));
      count(`${name}, modelled errors`, met.length, MODELLED.length);
      count(`${name}, modelled errors that calls bring about`, provoked.size, met.length);
      count(`${name}, modelled errors that a fault of the World stands for`, injected.size, met.length);
      count(`${name}, lists in pages`, played.paged.size, LISTS.length);
      expect(played.faults).toEqual([]);
      expect(played.unlike).toEqual([]);
      expect(OPERATIONS.filter((one) => !done.has(one))).toEqual(played.unknown);
      expect(LISTS.filter((one) => !played.paged.has(one))).toEqual([]);
      expect(MODELLED.filter((one) => isKnown(one) && !met.includes(one))).toEqual([]);
      // What a call brings about needs no fault.
      expect([...injected].filter((one) => provoked.has(one))).toEqual([]);
    }
    const [javascript, ...others] = stories;
    for (const { unknown, outputs } of others) {
      expect(outputs).toEqual(javascript?.outputs.filter(({ operation }) => !unknown.includes(operation)));
    }
    expect(STORY.length).toBe(javascript?.outputs.length);
  },
  TIMEOUT_MS,
);
