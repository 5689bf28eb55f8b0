import { ResourceNames, ServiceSupport } from '@holdfast/model';

test('knows of every Terraform type that is backed up by itself whether its author names it', () => {
  const types = new Set(ServiceSupport.all().flatMap(({ terraformTypes }) => terraformTypes));
  const nameless = [...types].filter((type) => ResourceNames.tryFindTerraform(type) === undefined);
  expect(nameless.sort()).toEqual([
    'aws_dsql_cluster',
    'aws_ebs_volume',
    'aws_efs_file_system',
    'aws_fsx_lustre_file_system',
    'aws_fsx_ontap_volume',
    'aws_fsx_openzfs_file_system',
    'aws_fsx_windows_file_system',
    'aws_instance',
    'aws_storagegateway_cached_iscsi_volume',
    'aws_storagegateway_stored_iscsi_volume',
  ]);
});

// prettier-ignore
test.each([
  ['aws_s3_bucket',    'bucket'],
  ['aws_db_instance',  'identifier'],
  ['aws_rds_cluster',  'cluster_identifier'],
])('the name of %s is its %s', (type, argument) => {
  expect(ResourceNames.tryFindTerraform(type)).toBe(argument);
});
