import { ControlDescription } from './control-description';
import { CONTROLS } from './private/audit/controls';

/**
 * Every control of AWS Backup Audit Manager.
 */
export class FrameworkControls {
  /**
   * All controls, in the order of AWS's page.
   */
  public static all(): ControlDescription[] {
    return [...CONTROLS];
  }

  /**
   * The control with this name.
   *
   * @param controlName AWS's name of the control
   * @throws Error when there is none
   */
  public static find(controlName: string): ControlDescription {
    const description = FrameworkControls.tryFind(controlName);
    if (description === undefined) {
      throw new Error(`control must be one of AWS Backup Audit Manager, got ${controlName}`);
    }
    return description;
  }

  /**
   * The control with this name, or nothing.
   *
   * @param controlName AWS's name of the control
   */
  public static tryFind(controlName: string): ControlDescription | undefined {
    return CONTROLS.find((control) => control.controlName === controlName);
  }

  private constructor() {}
}
