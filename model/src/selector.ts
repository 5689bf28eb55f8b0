import { RegionSettings } from './region-settings';
import { CompiledSelection } from './private/compiled-selection';
import { StatefulResource } from './resource';
import { BackupSelection } from './selection';
import { SelectionVerdict } from './selection-verdict';

/**
 * Decides which resources a selection takes (Source B3.1 to B3.3).
 */
export class Selector {
  /**
   * One verdict per resource, in the order of the resources.
   *
   * @param selection the selection; its values must be known
   * @param resources the resources of the plan's account and Region
   * @param settings opt-in settings of that account and Region; all opted in when absent
   */
  public static evaluate(
    selection: BackupSelection,
    resources: StatefulResource[],
    settings?: RegionSettings,
  ): SelectionVerdict[] {
    const compiled = new CompiledSelection(selection, settings?.resourceTypeOptInPreference ?? {});
    return resources.map((resource) => compiled.verdict(resource));
  }

  private constructor() {}
}
