/**
 * Loads the official clients, whose schemas the wire speaks.
 *
 * Owns     nothing. A client is loaded when the first request for its service comes: each takes some 50 ms.
 */
import { createRequire } from 'node:module';
import { SERVICES } from '../wire/services';
import type { ClientModule } from '../wire/service';

const requireClient = createRequire(__filename);

/** The client of a service, by its signing name; undefined for a service that is not emulated. */
export function loadClient(signingName: string): ClientModule | undefined {
  const service = Object.values(SERVICES).find((one) => one.signingName === signingName);
  if (service === undefined) {
    return undefined;
  }
  // Not by import(): it reads the text of the module a second time, for the names that it exports.
  return requireClient(service.client) as ClientModule;
}
