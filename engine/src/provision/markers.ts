/**
 * Resources that stand for nothing: CDK's own metadata.
 *
 * Pure.
 */
import type { ResourceHandler } from './handler';

export const MARKERS: Readonly<Record<string, ResourceHandler>> = {
  'AWS::CDK::Metadata': marker(),
};

function marker(): ResourceHandler {
  return {
    create: (wanted) => ({ physicalId: wanted.generated(), attributes: {} }),
    update: (_wanted, { made }) => made,
    delete: () => undefined,
  };
}
