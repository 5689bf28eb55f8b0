/**
 * The published API model of a service, as botocore (Apache-2.0) carries it, wherever Python finds it on the machine.
 */
import { execFileSync } from 'node:child_process';

export interface ShapeReference {
  readonly shape: string;
  /** Where a request or an answer has it, when that is not its body. */
  readonly location?: 'uri' | 'querystring' | 'header' | 'headers' | 'statusCode';
  readonly locationName?: string;
  readonly idempotencyToken?: boolean;
  readonly timestampFormat?: string;
}

export interface ModelShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, ShapeReference>>;
  readonly required?: readonly string[];
  readonly member?: ShapeReference;
  readonly key?: ShapeReference;
  readonly value?: ShapeReference;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly payload?: string;
  readonly streaming?: boolean;
  readonly union?: boolean;
  readonly sensitive?: boolean;
  readonly exception?: boolean;
  readonly fault?: boolean;
  readonly error?: { readonly httpStatusCode?: number; readonly senderFault?: boolean };
  readonly timestampFormat?: string;
}

export interface ModelOperation {
  readonly http: { readonly method: string; readonly requestUri: string; readonly responseCode?: number };
  readonly input?: ShapeReference;
  readonly output?: ShapeReference;
}

export interface ApiModel {
  readonly metadata: {
    readonly apiVersion: string;
    readonly protocol: string;
    readonly serviceId: string;
    readonly serviceFullName: string;
    readonly signingName?: string;
    readonly endpointPrefix: string;
  };
  readonly operations: Readonly<Record<string, ModelOperation>>;
  readonly shapes: Readonly<Record<string, ModelShape>>;
}

const READ = `
import json, sys, botocore.session
model = botocore.session.get_session().get_component('data_loader').load_service_model(sys.argv[1], 'service-2')
print(json.dumps({key: model[key] for key in ('metadata', 'operations', 'shapes')}))
`;

const MAX_BYTES = 256 * 1024 * 1024;

/** Whether Python has botocore; else no model can be read on this machine. */
export function hasModels(): boolean {
  try {
    execFileSync('python3', ['-c', 'import botocore'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The model of a service by botocore's name for it, e.g. `backupsearch`. */
export function modelOf(service: string): ApiModel {
  return JSON.parse(
    execFileSync('python3', ['-c', READ, service], { encoding: 'utf8', maxBuffer: MAX_BYTES }),
  ) as ApiModel;
}
