/**
 * AWS Backup as an inventory asks it.
 *
 * Pure: asks through the reader.
 */
import { BackupClient, ListTagsCommand } from '@aws-sdk/client-backup';
import { type Environment, TagRules } from '@holdfast/model';
import type { Reader } from './reader';

export const PAGE = 100;
/** What AWS answers for a policy or a notification that is not there. */
const ABSENT = new Set(['ResourceNotFoundException', 'InvalidParameterValueException']);

/** AWS Backup asked in one Region. */
export class Backups {
  private readonly client: BackupClient;

  constructor(
    private readonly reader: Reader,
    private readonly env: Environment,
  ) {
    this.client = reader.client(BackupClient, env.region);
  }

  ask<T>(call: (client: BackupClient) => Promise<T>): Promise<T> {
    return this.reader.ask(`backup ${this.env.region}`, () => call(this.client));
  }

  /** Undefined where AWS says that there is none. */
  async maybe<T>(call: (client: BackupClient) => Promise<T>): Promise<T | undefined> {
    try {
      return await this.ask(call);
    } catch (fault) {
      if (ABSENT.has((fault as Error).name)) {
        return undefined;
      }
      throw fault;
    }
  }

  async tagsOf(ResourceArn: string): Promise<Record<string, string> | undefined> {
    const answer = await this.maybe((client) => client.send(new ListTagsCommand({ ResourceArn })));
    const own = Object.entries(answer?.Tags ?? {}).filter(([key]) => !TagRules.isReserved(key));
    return own.length === 0 ? undefined : Object.fromEntries(own);
  }
}
