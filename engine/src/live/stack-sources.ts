/**
 * Stacks of CloudFormation with their members, and what AWS Backup alone, or the tagging API, knows to be there.
 *
 * Pure: asks through the reader.
 * Source   APIs of CloudFormation, AWS Backup and Resource Groups Tagging. AWS Backup lists what it has backed up once.
 */
import { ListProtectedResourcesCommand } from '@aws-sdk/client-backup';
import { CloudFormationClient, DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { CloudFormationTypes } from '@holdfast/model';
import { Backups, PAGE } from './backups';
import { taggedOf } from './database-sources';
import { type Entry, known, type Part, type Source, tagsOf } from './source';

/** Stacks that do not stand have no data. */
const STANDING = /_COMPLETE$/;
const GONE = 'DELETE_COMPLETE';
const STACK = 'AWS::CloudFormation::Stack';

const STACKS: Source = {
  name: 'cloudformation',
  async page(reader, env, NextToken) {
    const client = reader.client(CloudFormationClient, env.region);
    const lane = `cloudformation ${env.region}`;
    const command = new DescribeStacksCommand(NextToken === undefined ? {} : { NextToken });
    const { Stacks = [], NextToken: next } = await reader.ask(lane, () => client.send(command));
    const standing = Stacks.filter(({ StackStatus: status = '' }) => STANDING.test(status) && status !== GONE);
    const entries: Entry[] = [];
    const parts: Record<string, Part[]> = {};
    for (const { StackId: arn = '', Tags, StackStatus } of standing) {
      entries.push(known({ arn, tags: tagsOf(Tags), state: StackStatus }) as Entry);
      const own: Part[] = [];
      let token: string | undefined;
      do {
        const list = new ListStackResourcesCommand({
          StackName: arn,
          ...(token !== undefined && { NextToken: token }),
        });
        const page = await reader.ask(lane, () => client.send(list));
        for (const {
          LogicalResourceId: id = '',
          PhysicalResourceId: physical,
          ResourceType: type = '',
        } of page.StackResourceSummaries ?? []) {
          const service = type === STACK ? 'cloudformation' : CloudFormationTypes.tryFind(type)?.service;
          if (service !== undefined && physical !== undefined && physical !== '') {
            own.push({ id, service, physical });
          }
        }
        token = page.NextToken;
      } while (token !== undefined);
      parts[arn] = own;
    }
    return { entries, parts, next };
  },
};

/** What AWS Backup has backed up: stacks among them, and types for which there is no client. */
const PROTECTED: Source = {
  name: 'protected',
  async page(reader, env, NextToken) {
    const backups = new Backups(reader, env);
    const command = new ListProtectedResourcesCommand({
      MaxResults: PAGE,
      ...(NextToken !== undefined && { NextToken }),
    });
    const { Results = [], NextToken: next } = await backups.ask((client) => client.send(command));
    return { backedUp: Results.flatMap(({ ResourceArn }) => ResourceArn ?? []), next };
  },
};

/** Services whose own API no client of the engine speaks. */
export const WITHOUT_CLIENT: readonly {
  readonly arn: RegExp;
  readonly what: string;
  readonly why: string;
  readonly example: string;
}[] = [
  {
    arn: /^arn:[^:]+:ssm-sap:[^:]*:\d*:HANA\//,
    what: 'databases of SAP HANA',
    why: 'there is no client of Systems Manager for SAP to be had',
    example: 'arn:aws:ssm-sap:<region>:<account>:HANA/<application>/DB/<database>',
  },
];

const MACHINE = /^arn:[^:]+:backup-gateway:[^:]*:\d*:vm\//;

/** What tags and AWS Backup tell of, whether or not its own service does. */
export function isKnownElsewhere(arn: string): boolean {
  return MACHINE.test(arn) || WITHOUT_CLIENT.some((one) => one.arn.test(arn));
}

const TAGGED: Source = {
  name: 'tagged',
  async page(reader, env, token) {
    const { found, next } = await taggedOf(reader, env, ['backup-gateway', 'ssm-sap'], token);
    return { entries: found.filter(({ arn }) => isKnownElsewhere(arn)), next };
  },
};

export const STACK_SOURCES: readonly Source[] = [STACKS, PROTECTED, TAGGED];
