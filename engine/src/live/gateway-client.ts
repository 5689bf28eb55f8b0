/**
 * A client of Backup Gateway, for the two calls that an inventory makes.
 *
 * Owns     nothing: it is the client of another service of the SDK, with the protocol, the endpoint and the signing name of this
 *          one, as the SDK's own client of Backup Gateway is to be had in versions alone that need other packages than the rest.
 * Source   API model 2021-01-01 of backup-gateway (botocore): protocol JSON 1.0, BackupOnPremises_v20210101, shapes
 *          ListVirtualMachinesOutput and ListGatewaysOutput.
 */
import {
  StorageGatewayClient,
  type StorageGatewayClientConfig,
  type StorageGatewayClientResolvedConfig,
} from '@aws-sdk/client-storage-gateway';
import { AwsJson1_0Protocol } from '@aws-sdk/core/protocols';
import { Command } from '@smithy/core/client';
import { getEndpointPlugin } from '@smithy/core/endpoints';
import type { EndpointParameterInstructions, MetadataBearer, StaticOperationSchema } from '@smithy/types';
import { partitionOf, urlSuffixOf } from '../ingest/environments';

const NAMESPACE = 'com.amazonaws.backupgateway';
const TARGET = 'BackupOnPremises_v20210101';
const SIGNING_NAME = 'backup-gateway';
const STRUCTURE = 3;
const LIST = 1;
const OPERATION = 9;
const TEXT = 0;
const NUMBER = 1;

export interface ListInput {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** A machine or a gateway. */
export interface Listed {
  readonly ResourceArn?: string;
  readonly GatewayArn?: string;
  readonly HypervisorId?: string;
}

export class BackupGatewayClient extends StorageGatewayClient {
  constructor(config: StorageGatewayClientConfig) {
    const service = {
      protocol: AwsJson1_0Protocol,
      protocolSettings: { defaultNamespace: NAMESPACE, serviceTarget: TARGET, version: '2021-01-01' },
      serviceId: 'Backup Gateway',
      signingName: SIGNING_NAME,
      endpointProvider: endpointOf,
      httpAuthSchemeProvider: schemesOf,
    };
    super({ ...config, ...(service as object) });
  }

  /** A page of machines, and where the next one is. */
  async machines(input: ListInput): Promise<{ readonly items: readonly Listed[]; readonly next: string | undefined }> {
    const { VirtualMachines = [], NextToken } = (await this.send(
      new ListVirtualMachinesCommand(input) as never,
    )) as Answer;
    return { items: VirtualMachines, next: NextToken };
  }

  async gateways(input: ListInput): Promise<{ readonly items: readonly Listed[]; readonly next: string | undefined }> {
    const { Gateways = [], NextToken } = (await this.send(new ListGatewaysCommand(input) as never)) as Answer;
    return { items: Gateways, next: NextToken };
  }
}

interface Answer {
  readonly VirtualMachines?: readonly Listed[];
  readonly Gateways?: readonly Listed[];
  readonly NextToken?: string;
}

interface EndpointParameters {
  readonly Region?: string;
  readonly Endpoint?: string;
}

/** What the user set is asked in its place, as with every client. */
function endpointOf({ Region = '', Endpoint }: EndpointParameters): { readonly url: URL } {
  const suffix = urlSuffixOf(partitionOf(Region));
  return { url: new URL(Endpoint ?? `https://${SIGNING_NAME}.${Region}.${suffix}`) };
}

function schemesOf({ region }: { readonly region: string }): object[] {
  return [
    {
      schemeId: 'aws.auth#sigv4',
      signingProperties: { name: SIGNING_NAME, region },
      propertiesExtractor: (config: unknown, context: unknown) => ({ signingProperties: { config, context } }),
    },
  ];
}

/** A call that lists something: its output has a list of structures, of which some texts are read. */
function listing(operation: string, list: string, texts: readonly string[]) {
  const member = [STRUCTURE, NAMESPACE, `${list}Member`, 0, texts, texts.map(() => TEXT)];
  const members = [LIST, NAMESPACE, list, 0, () => member];
  const input = [STRUCTURE, NAMESPACE, `${operation}Input`, 0, ['MaxResults', 'NextToken'], [NUMBER, TEXT]];
  const output = [STRUCTURE, NAMESPACE, `${operation}Output`, 0, [list, 'NextToken'], [() => members, TEXT]];
  return [OPERATION, NAMESPACE, operation, 0, () => input, () => output];
}

const PARAMETERS = {
  Endpoint: { type: 'builtInParams', name: 'endpoint' },
  Region: { type: 'builtInParams', name: 'region' },
} as const;

interface WithEndpoint {
  getEndpointParameterInstructions(): EndpointParameterInstructions;
}

function commandOf(operation: string, list: string, texts: readonly string[]) {
  return Command.classBuilder<ListInput, Answer & MetadataBearer, StorageGatewayClientResolvedConfig>()
    .ep(PARAMETERS)
    .m((command: WithEndpoint, _stack: unknown, config: Parameters<typeof getEndpointPlugin>[0]) => [
      getEndpointPlugin(config, command.getEndpointParameterInstructions()),
    ])
    .s(TARGET, operation, {})
    .n('BackupGatewayClient', `${operation}Command`)
    .sc(listing(operation, list, texts) as StaticOperationSchema)
    .build();
}

export const ListVirtualMachinesCommand = commandOf('ListVirtualMachines', 'VirtualMachines', [
  'ResourceArn',
  'HypervisorId',
]);
export const ListGatewaysCommand = commandOf('ListGateways', 'Gateways', ['GatewayArn', 'HypervisorId']);
