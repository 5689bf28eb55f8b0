/** Size and daily change of a resource of which nothing was declared. */
export interface Estimate {
  readonly sizeGiB: number;
  readonly dailyChangePercent: number;
}

/**
 * Assumed: AWS states no typical sizes. Round numbers of a middling production resource; whoever knows better gives an
 * inventory.
 */
// prettier-ignore
export const ESTIMATES: Readonly<Record<string, Estimate>> = {
  'ec2':                  { sizeGiB: 50,  dailyChangePercent: 2 },
  'ebs':                  { sizeGiB: 100, dailyChangePercent: 2 },
  's3':                   { sizeGiB: 100, dailyChangePercent: 1 },
  'rds':                  { sizeGiB: 100, dailyChangePercent: 3 },
  'rds-multi-az-cluster': { sizeGiB: 100, dailyChangePercent: 3 },
  'aurora':               { sizeGiB: 100, dailyChangePercent: 3 },
  'aurora-dsql':          { sizeGiB: 20,  dailyChangePercent: 3 },
  'efs':                  { sizeGiB: 50,  dailyChangePercent: 1 },
  'fsx-lustre':           { sizeGiB: 1200, dailyChangePercent: 1 },
  'fsx-windows':          { sizeGiB: 300, dailyChangePercent: 1 },
  'fsx-ontap':            { sizeGiB: 300, dailyChangePercent: 1 },
  'fsx-openzfs':          { sizeGiB: 300, dailyChangePercent: 1 },
  'storage-gateway':      { sizeGiB: 100, dailyChangePercent: 1 },
  'documentdb':           { sizeGiB: 50,  dailyChangePercent: 3 },
  'neptune':              { sizeGiB: 50,  dailyChangePercent: 3 },
  'dynamodb':             { sizeGiB: 20,  dailyChangePercent: 5 },
  'dynamodb-advanced':    { sizeGiB: 20,  dailyChangePercent: 5 },
  'redshift':             { sizeGiB: 200, dailyChangePercent: 3 },
  'redshift-serverless':  { sizeGiB: 200, dailyChangePercent: 3 },
  'timestream':           { sizeGiB: 50,  dailyChangePercent: 5 },
  'virtual-machine':      { sizeGiB: 100, dailyChangePercent: 2 },
  'cloudformation':       { sizeGiB: 1,   dailyChangePercent: 0 },
  'sap-hana':             { sizeGiB: 500, dailyChangePercent: 5 },
  'eks':                  { sizeGiB: 1,   dailyChangePercent: 1 },
};
