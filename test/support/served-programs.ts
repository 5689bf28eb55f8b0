// Real programs against a served World.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { HttpFront } from '../../engine/src/host/http-front';
import { ServedWorld } from '../../engine/src/host/served-world';

const run = promisify(execFile);

/** Each test of a file has a World of its own; answers what runs a program against it, and reads the JSON that it prints. */
export function servedPrograms(): (command: string, ...args: string[]) => Promise<unknown> {
  let front: HttpFront;
  beforeEach(async () => {
    const env = { partition: 'aws', account: '111111111111', region: 'eu-central-1' };
    front = await HttpFront.open(new ServedWorld({ env, start: Date.UTC(2027, 0, 1), seed: 1, version: '0' }));
  });
  afterEach(() => front.close());
  return async (command, ...args) => {
    const { PATH, HOME } = process.env;
    const env = {
      PATH,
      HOME,
      AWS_ENDPOINT_URL: front.url,
      AWS_ACCESS_KEY_ID: '111111111111',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_DEFAULT_REGION: 'eu-central-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_PAGER: '',
    };
    const { stdout } = await run(command, args, { env });
    return stdout === '' ? {} : (JSON.parse(stdout) as unknown);
  };
}
