// Every operation of AWS Backup, by the SDK for JavaScript, boto3 and the AWS CLI: one story, told by each of them to a
// World of its own, and seen by another.
import { exercised, testWith } from '../../../support/programs';
import { Driver, JavaScript, Python } from './drivers';
import { NOT_EMULATED, NOT_PROVOKED } from './gaps';
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
const LISTS = OPERATIONS.filter((one) => one.startsWith('List') && !NOT_EMULATED.includes(one));
const MODELLED = OPERATIONS.flatMap((one) => modelledErrors(one).map((error) => `${one} ${error}`));

/** An operation that is not emulated, or a member that no client leaves out as it is a part of the path. */
function isImpossible(modelled: string): boolean {
  const [operation = '', error] = modelled.split(' ');
  return NOT_EMULATED.includes(operation) || (error === 'MissingParameterValueException' && asksOnlyInPath(operation));
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
      count(`${name}, operations`, done.size, OPERATIONS.length);
      count(`${name}, modelled errors`, played.provoked.size, MODELLED.length);
      count(`${name}, lists in pages`, played.paged.size, LISTS.length);
      expect(played.faults).toEqual([]);
      expect(played.unlike).toEqual([]);
      expect(OPERATIONS.filter((one) => !done.has(one))).toEqual(NOT_EMULATED);
      expect(LISTS.filter((one) => !played.paged.has(one))).toEqual([]);
      expect(MODELLED.filter((one) => !played.provoked.has(one) && !isImpossible(one)).sort()).toEqual(NOT_PROVOKED);
    }
    const [javascript, boto3, cli] = stories.map(({ outputs }) => outputs);
    expect(boto3).toEqual(javascript);
    expect(cli).toEqual(javascript);
    expect(STORY.length).toBe(javascript?.length);
  },
  TIMEOUT_MS,
);
