import { TieringConfiguration } from '@holdfast/model';
import { IConstruct } from 'constructs';

/** Kept under a registered symbol on the construct, so that two copies of this library see each other's. */
const TIERING = Symbol.for('@holdfast/cdktf.tiering');

/** Remembers what a tiering configuration was declared as. */
export function declareTiering(construct: IConstruct, declaration: TieringConfiguration): void {
  Object.defineProperty(construct, TIERING, { value: declaration });
}

/** The tiering configurations that the app has so far. */
export function tieringsBeside(construct: IConstruct): TieringConfiguration[] {
  return construct.node.root.node.findAll().flatMap((node) => {
    const declared = Reflect.get(node, TIERING) as TieringConfiguration | undefined;
    return declared === undefined ? [] : [declared];
  });
}
