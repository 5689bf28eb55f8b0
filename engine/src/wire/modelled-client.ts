/**
 * A client's module made of schemas that come from an API model, for a service that has no official client.
 *
 * Pure: schemas in, a module out that service.ts reads as it reads those of official clients.
 * Source   generated/clients/; docs/decisions/0040-schemas-from-api-models.md
 */
import type { ClientModule } from './service';

/** A schema in the form of @smithy/types; what is in it is held by reading it (service.ts). */
export type Schema = readonly unknown[];

/** What a client says of its service beside schemas. */
export interface ModelledService {
  readonly serviceId: string;
  /** Prefix of the ids of its shapes. */
  readonly namespace: string;
  readonly version: string;
  readonly protocol: 'restJson1';
}

export interface ModelledModule {
  readonly SERVICE: ModelledService;
}

/** Makes the protocol of a client, by the name of the protocol. */
export type MakeProtocol = (name: ModelledService['protocol'], settings: { defaultNamespace: string }) => unknown;

/** The module that an official client would be: schemas, and a class whose instances have its settings. */
export function clientModuleOf(modelled: ModelledModule, makeProtocol: MakeProtocol): ClientModule {
  const { SERVICE: service, ...schemas } = modelled;
  const { serviceId, namespace, version } = service;
  class ModelledClient {
    readonly config = {
      serviceId,
      protocol: makeProtocol(service.protocol, { defaultNamespace: namespace }),
      protocolSettings: { defaultNamespace: namespace, version },
    };
  }
  return { ...schemas, [`${serviceId}Client`]: ModelledClient };
}
