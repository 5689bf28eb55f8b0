/**
 * Which services each account and Region lets AWS Backup touch.
 *
 * Owns     the settings by account and Region.
 * Source   B3.3.
 * Spec     region-settings.md
 */
import type { Environment, RegionSettings } from '@holdfast/model';
import { placeOf } from './vaults';

export class RegionSettingsStore {
  private readonly byPlace = new Map<string, RegionSettings>();

  /** Undefined while nothing was ever set: everything is opted in (design.md section 2, defaults of a World). */
  at(env: Environment): RegionSettings | undefined {
    return this.byPlace.get(placeOf(env));
  }

  list(): RegionSettings[] {
    return [...this.byPlace.values()];
  }

  /** Source B3.3/1: a partial map updates only the keys that it names. */
  update(settings: RegionSettings): void {
    const before = this.at(settings.env);
    this.byPlace.set(placeOf(settings.env), {
      env: settings.env,
      resourceTypeOptInPreference: {
        ...before?.resourceTypeOptInPreference,
        ...settings.resourceTypeOptInPreference,
      },
      resourceTypeManagementPreference: {
        ...before?.resourceTypeManagementPreference,
        ...settings.resourceTypeManagementPreference,
      },
    });
  }

  /** Source B3.3/2: only DynamoDB can be taken out of full management. */
  serviceOf(env: Environment, service: string): string {
    const managed = this.at(env)?.resourceTypeManagementPreference?.['DynamoDB'];
    return service === 'dynamodb-advanced' && managed === false ? 'dynamodb' : service;
  }
}
