/**
 * AWS::IAM::ServiceLinkedRole.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): what is create-only.
 */
import { given } from '../operations/backup/shapes';
import { createServiceLinkedRole } from '../operations/iam/create-service-linked-role';
import { deleteServiceLinkedRole } from '../operations/iam/delete-service-linked-role';
import { updateRoleDescription } from '../operations/iam/update-role-description';
import { ResourceHandler } from './handler';

export const LINKED_ROLES: Readonly<Record<string, ResourceHandler>> = {
  'AWS::IAM::ServiceLinkedRole': {
    replacedBy: ['AWSServiceName', 'CustomSuffix'],
    create: ({ state, env, properties }) => {
      const { Role } = createServiceLinkedRole(
        state,
        env,
        given({
          AWSServiceName: properties.member('AWSServiceName').requiredText(),
          CustomSuffix: properties.member('CustomSuffix').text(),
          Description: properties.member('Description').text(),
        }),
      );
      const RoleName = String(Role?.RoleName);
      return { physicalId: RoleName, attributes: { RoleName } };
    },
    update: ({ properties }, { state, env, made }) => {
      const Description = properties.member('Description').text() ?? '';
      updateRoleDescription(state, env, { RoleName: made.physicalId, Description });
      return made;
    },
    delete: ({ state, env, made }) => {
      deleteServiceLinkedRole(state, env, { RoleName: made.physicalId });
    },
  },
};
