import { InjectedDefaults } from './injected-defaults';
import { MandateOptions } from './mandate-options';
import { keepLayer } from './private/injection';
import { CommonSelectionOptions, Selection } from './selection';

/**
 * Properties of `SelectionDefaults`.
 */
export interface SelectionDefaultsProps extends MandateOptions {
  /**
   * What a `Selection` gets where its author says nothing; structs and tags are filled field by field.
   *
   * @default - nothing
   */
  readonly defaults?: CommonSelectionOptions;

  /**
   * What every `Selection` has; an author who says something else is refused.
   *
   * @default - nothing
   */
  readonly mandates?: CommonSelectionOptions;
}

/**
 * What a company gives to, and demands of, every `Selection` at and below a scope:
 * a property injector of the CDK.
 *
 * Selections that `Plan.addSelection`, `Plan.protect` and other constructs of this library make are among them.
 */
export class SelectionDefaults extends InjectedDefaults {
  /**
   * @param props properties
   */
  constructor(props: SelectionDefaultsProps) {
    super(Selection.PROPERTY_INJECTION_ID);
    keepLayer(this, props, { rivals: [['role', 'permissionsBoundary']] });
  }
}
