/** Source   Schema of the AWS provider 5.100.0. Types that are not here have an id that AWS makes. */
const ARGUMENTS: ReadonlyMap<string, string> = new Map([
  ['aws_cloudformation_stack', 'name'],
  ['aws_db_instance', 'identifier'],
  ['aws_docdb_cluster', 'cluster_identifier'],
  ['aws_dynamodb_table', 'name'],
  ['aws_eks_cluster', 'name'],
  ['aws_neptune_cluster', 'cluster_identifier'],
  ['aws_rds_cluster', 'cluster_identifier'],
  ['aws_redshift_cluster', 'cluster_identifier'],
  ['aws_redshiftserverless_namespace', 'namespace_name'],
  ['aws_s3_bucket', 'bucket'],
  ['aws_timestreamwrite_table', 'table_name'],
]);

/**
 * Where a resource says its name.
 */
export class ResourceNames {
  /**
   * The argument of a Terraform type with the name that its author gives it; nothing where AWS makes the id, or the type is not
   * protected.
   *
   * @param resourceType e.g. `aws_db_instance`
   */
  public static tryFindTerraform(resourceType: string): string | undefined {
    return ARGUMENTS.get(resourceType);
  }

  private constructor() {}
}
