import { Waiver } from '@holdfast/model';
import { IConstruct } from 'constructs';

/** Under this type a construct node keeps what is accepted at and below it. */
const WAIVER = 'holdfast:waiver';

/** A waiver whose path is the construct that carries it. */
export type PlaceWaiver = Omit<Waiver, 'path'>;

/** Accepts what a rule finds at and below a construct. */
export function waivePlace(construct: IConstruct, waiver: PlaceWaiver): void {
  construct.node.addMetadata(WAIVER, waiver);
}
