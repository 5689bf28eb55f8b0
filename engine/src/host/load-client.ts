/**
 * Loads the official clients, whose schemas the wire speaks, and what stands for one where there is none.
 *
 * Owns     the modules that were made of API models. A client is loaded when the first request for its service comes: each
 *          takes some 50 ms.
 */
import { createRequire } from 'node:module';
import { MODELLED } from '../wire/generated/clients';
import { clientModuleOf } from '../wire/modelled-client';
import { EmulatedService, SERVICES } from '../wire/services';
import type { ClientModule } from '../wire/service';

const requireClient = createRequire(__filename);

const MADE = new Map<string, ClientModule>();

/** The client of a service, by its signing name; undefined for a service that is not emulated. */
export function loadClient(signingName: string): ClientModule | undefined {
  const found = Object.entries(SERVICES).find(([, one]) => one.signingName === signingName);
  return found === undefined ? undefined : moduleOf(...found);
}

function moduleOf(folder: string, { client }: EmulatedService): ClientModule {
  if (client !== undefined) {
    // Not by import(): it reads the text of the module a second time, for the names that it exports.
    return requireClient(client) as ClientModule;
  }
  const modelled = MODELLED[folder];
  if (modelled === undefined) {
    throw new Error(`service '${folder}' has neither a client nor schemas in wire/generated/clients`);
  }
  // One for each service, as what is read of a module is kept by it.
  const made = MADE.get(folder) ?? clientModuleOf(modelled, protocolOf);
  MADE.set(folder, made);
  return made;
}

/** The protocol that the official clients have. */
function protocolOf(_name: 'restJson1', settings: { defaultNamespace: string }): unknown {
  const { AwsRestJsonProtocol } = requireClient('@aws-sdk/core/protocols') as {
    AwsRestJsonProtocol: new (settings: object) => unknown;
  };
  return new AwsRestJsonProtocol(settings);
}
