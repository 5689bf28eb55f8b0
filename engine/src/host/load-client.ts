/**
 * Loads the official clients, whose schemas the wire speaks.
 *
 * Owns     nothing. A client is loaded when the first request for its service comes: each takes some 50 ms.
 */
import { SERVICES } from '../wire/services';
import type { ClientModule } from '../wire/service';

/** The client of a service, by its signing name; undefined for a service that is not emulated. */
export async function loadClient(signingName: string): Promise<ClientModule | undefined> {
  const service = Object.values(SERVICES).find((one) => one.signingName === signingName);
  if (service === undefined) {
    return undefined;
  }
  const module = (await import(service.client)) as ClientModule & { readonly default?: ClientModule };
  return module.default ?? module;
}
