/**
 * A service of AWS as its official client describes it: operations, routes, errors.
 *
 * Pure: reads the schemas that the client's module ships.
 * Source   @aws-sdk/client-* (runtime schemas), read through @smithy/core; nothing of AWS's shapes is written here.
 */
import { NormalizedSchema } from '@smithy/core/schema';
import type { SchemaRef, StaticOperationSchema, StaticStructureSchema } from '@smithy/types';

/** How an operation is found and its message is written. */
export type ProtocolName = 'restJson1' | 'awsJson1_0' | 'awsJson1_1' | 'awsQuery' | 'ec2Query' | 'restXml';

/** Number that marks the schema of an operation, and of an error, in a client's module. */
const OPERATION = 9;
const ERROR = -3;
const STRUCTURE = 3;

export interface Operation {
  readonly name: string;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  /** The members of the input that must be given. */
  readonly required: readonly string[];
  /** Method, path with labels, and status; for services with paths. */
  readonly http: readonly [method: string, path: string, status: number] | undefined;
}

/** What a client's protocol has that a server can use, too. */
interface ClientProtocol {
  getShapeId(): string;
  getPayloadCodec(): PayloadCodec;
}

/** Reads and writes bodies by schema. */
export interface PayloadCodec {
  createSerializer(): { write(schema: SchemaRef, value: unknown): void; flush(): string | Uint8Array };
  createDeserializer(): { read(schema: SchemaRef, data: string | Uint8Array): Promise<unknown> };
}

/** Traits of an error's shape that tell how it is written. */
interface ErrorTraits {
  readonly httpError?: number;
  readonly awsQueryError?: readonly [code: string, status: number];
}

interface Client {
  readonly config: {
    readonly protocol: ClientProtocol;
    readonly protocolSettings: Readonly<Record<string, unknown>>;
    readonly serviceId: string;
  };
}

/** The module of an official client. */
export type ClientModule = Readonly<Record<string, unknown>>;

export class Service {
  readonly operations = new Map<string, Operation>();
  readonly protocol: ProtocolName;
  readonly version: string;
  readonly xmlNamespace: string;
  private readonly errors = new Map<string, NormalizedSchema>();
  private readonly client: Client;
  private older: Service | undefined;

  constructor(
    /** Name in the credential scope, e.g. `backup`. */
    readonly signingName: string,
    private readonly module: ClientModule,
    spoken?: ProtocolName,
  ) {
    this.client = clientOf(module);
    const { protocol, protocolSettings } = this.client.config;
    this.protocol = spoken ?? (protocol.getShapeId().replace('aws.protocols#', '') as ProtocolName);
    this.version = String(protocolSettings['version'] ?? '');
    this.xmlNamespace = String(protocolSettings['xmlNamespace'] ?? '');
    for (const value of Object.values(module)) {
      if (Array.isArray(value) && value[0] === OPERATION) {
        this.addOperation(value as unknown as StaticOperationSchema);
      } else if (Array.isArray(value) && value[0] === ERROR) {
        this.errors.set(String(value[2]), NormalizedSchema.of(value as unknown as SchemaRef));
      }
    }
  }

  /** What its client calls it, e.g. `CloudWatch Logs`. */
  get serviceId(): string {
    return this.client.config.serviceId;
  }

  /** Whether clients that are older than its protocol speak the query protocol with it. */
  get wasQuery(): boolean {
    return this.client.config.protocolSettings['awsQueryCompatible'] === true;
  }

  /** The same service in the query protocol. */
  get inQuery(): Service {
    this.older ??= new Service(this.signingName, this.module, 'awsQuery');
    return this.older;
  }

  /** Reader and writer of bodies. */
  get codec(): PayloadCodec {
    return this.client.config.protocol.getPayloadCodec();
  }

  /** The shape of an error that the service declares; others, such as AccessDeniedException, are common to all. */
  errorSchema(name: string): NormalizedSchema | undefined {
    return this.errors.get(name);
  }

  /** Code and HTTP status of an error as its shape declares them; the query protocol has codes beside the names of shapes. */
  errorOnWire(name: string): { readonly code?: string; readonly status?: number } {
    const traits = this.errors.get(name)?.getMergedTraits() as ErrorTraits | undefined;
    const code = traits?.awsQueryError?.[0];
    const status = traits?.httpError;
    return { ...(code !== undefined && { code }), ...(status !== undefined && { status }) };
  }

  private addOperation([, , name, traits, input, output]: StaticOperationSchema): void {
    const http = typeof traits === 'object' ? traits.http : undefined;
    this.operations.set(name, {
      name,
      input: NormalizedSchema.of(input as SchemaRef),
      output: NormalizedSchema.of(output as SchemaRef),
      required: requiredOf(input as SchemaRef),
      http,
    });
  }
}

const MADE = new WeakMap<ClientModule, Service>();

/** The service of a client's module: one for all Worlds, as reading its schemas takes a while. */
export function serviceOf(signingName: string, module: ClientModule): Service {
  const made = MADE.get(module) ?? new Service(signingName, module);
  MADE.set(module, made);
  return made;
}

/** The schema of a structure lists what is required first, and says how many that are. */
function requiredOf(input: SchemaRef): readonly string[] {
  const schema = typeof input === 'function' ? input() : input;
  if (!Array.isArray(schema) || schema[0] !== STRUCTURE) {
    return [];
  }
  const [, , , , names, , count = 0] = schema as unknown as StaticStructureSchema;
  return names.slice(0, count);
}

/** A client of the module's own class; it is asked for its protocol and sends nothing. */
function clientOf(module: ClientModule): Client {
  const named = Object.entries(module).find(([name]) => /^[A-Za-z0-9]+Client$/.test(name));
  if (named === undefined) {
    throw new Error(`no client among ${Object.keys(module).length} exports`);
  }
  const ClientClass = named[1] as new (config: object) => Client;
  return new ClientClass({ region: 'us-east-1', credentials: { accessKeyId: 'none', secretAccessKey: 'none' } });
}
