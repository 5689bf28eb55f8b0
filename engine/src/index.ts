// Here: what tests and scripts may use of the engine: a World, what it answers, what it refuses.
// Not here: the command line (bin/holdfast.js) and everything inside, which may change at any time.
// May be imported by users of '@holdfast/engine', examples and tests; nothing inside engine/ imports it.
export { AwsFault } from './operations/fault';
export { DeployRefusal } from './ingest/deploy-call';
export { IngestRefusal } from './ingest/artifact';
export type { NotRead, ReadResult } from './ingest/artifact';
export type {
  AccountSuspended,
  CallsRefused,
  CopyRefused,
  Fault,
  FaultTime,
  JobFails,
  JobHangs,
  JobKind,
  JobScope,
  KeyUnusable,
  PointCorrupted,
  RegionOut,
  ResourceDeleted,
  ResourceUnavailable,
  RoleUnassumable,
} from './domain/fault';
export type { RecoveryPointView, VaultCount } from './domain/views';
export type { ExplainedJob, ExplainedPoint, Explanation } from './report/explanation';
export type { Cost, CostLine, CostMonth } from './cost/cost';
export type { Price, PriceBook } from './cost/price-book';
export type { Simulation } from './report/simulation';
export { World } from './testing/world';
export { WorldReport } from './testing/world-report';
export type { ReportProps } from './testing/world-report';
export type { CaptureOptions, Content, CapturedEntry, ContentEntry, Json, RestoreOrder } from './host/content/content';
export { BlockImage } from './host/content/block-image';
export type { BlockImageProps } from './host/content/block-image';
export { FileTree } from './host/content/file-tree';
export type { FileTreeProps } from './host/content/file-tree';
export type { LeftOut } from './host/content/file-writer';
export { InstanceImages } from './host/content/instance-images';
export type { InstanceImagesProps, VssWriter } from './host/content/instance-images';
export { PostgresDatabase } from './host/content/postgres-database';
export type { PostgresOptions } from './host/content/postgres-database';
export type { ContentDamage, ContentFault } from './report/content-damage';
export type { StoreFigures } from './host/content/content-store';
export type { Validate, Validation } from './host/world-clock';
export type { AddedResource, Deployed, DeployProps, Stretch, TemplateObject, WorldProps } from './testing/world-props';
export { WorldFaults } from './testing/faults';
export type { FaultView } from './report/faults';
export { matchers } from './testing/matchers/matchers';
export type { HoldfastMatchers } from './testing/matchers/types';
export type { ClientConfig, ClientProps, Sender } from './testing/client';
export type { ApprovalView } from './report/approvals';
export type { Approvals } from './testing/approvals';
