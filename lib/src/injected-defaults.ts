import { InjectionContext, IPropertyInjector } from 'aws-cdk-lib/core';
import { injected } from './private/injection';

/**
 * What the property injectors of this library have in common.
 *
 * The CDK asks the injector that is nearest to a construct, and no other. These ask those of their kind that are farther out:
 * a mandate of the app holds in a stack with defaults of its own, and what the nearest leaves open a farther one fills.
 */
export abstract class InjectedDefaults implements IPropertyInjector {
  /**
   * The class whose properties are injected.
   */
  public readonly constructUniqueId: string;

  /**
   * @param constructUniqueId the class whose properties are injected
   */
  constructor(constructUniqueId: string) {
    this.constructUniqueId = constructUniqueId;
  }

  /**
   * Called by the CDK before a construct is made.
   *
   * @param originalProps what its author says
   * @param context where it is made
   * @throws ValidationError when its author says something else than a mandate demands
   */
  public inject(originalProps: any, context: InjectionContext): any {
    return injected(this, originalProps, context);
  }
}
