import { ServiceSupport } from '../support/service-support';
import { arnParts } from './arns';

let services: ReadonlySet<string> | undefined;

/** What stands in the service field of the ARNs that AWS Backup can back up. */
export function supportedArnServices(): ReadonlySet<string> {
  services ??= new Set(
    ServiceSupport.all().flatMap((features) => {
      const parts = arnParts(features.arnPattern);
      return parts === undefined ? [] : [parts.service];
    }),
  );
  return services;
}
