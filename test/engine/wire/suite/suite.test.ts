// Every operation of AWS Backup, by the SDK for JavaScript, boto3 and the AWS CLI: one story, told by each of them to a
// World of its own, and seen by another.
import { exercised, testWith } from '../../../support/programs';
import { Driver, JavaScript, Python } from './drivers';
import { isByFault, NOT_PROVOKED } from './gaps';
import { asksOnlyInPath, modelledErrors, OPERATIONS, play, Played } from './play';
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

/** A member that no client leaves out, as it is a part of the path, or none at all. */
function isImpossible(modelled: string): boolean {
  const [operation = '', error] = modelled.split(' ');
  return error === 'MissingParameterValueException' && asksOnlyInPath(operation);
}

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
      count(`${name}, modelled errors`, played.provoked.size, MODELLED.length);
      const injected = [...played.provoked].filter((one) => isByFault(...(one.split(' ') as [string, string])));
      count(`${name}, modelled errors by a fault of the World`, injected.length, played.provoked.size);
      count(`${name}, lists in pages`, played.paged.size, LISTS.length);
      expect(played.faults).toEqual([]);
      expect(played.unlike).toEqual([]);
      expect(OPERATIONS.filter((one) => !done.has(one))).toEqual(played.unknown);
      expect(LISTS.filter((one) => !played.paged.has(one))).toEqual([]);
      const missed = MODELLED.filter((one) => isKnown(one) && !played.provoked.has(one) && !isImpossible(one));
      expect(missed.sort()).toEqual(NOT_PROVOKED);
    }
    const [javascript, ...others] = stories;
    for (const { unknown, outputs } of others) {
      expect(outputs).toEqual(javascript?.outputs.filter(({ operation }) => !unknown.includes(operation)));
    }
    expect(STORY.length).toBe(javascript?.outputs.length);
  },
  TIMEOUT_MS,
);
