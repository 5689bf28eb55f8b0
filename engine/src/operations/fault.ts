/**
 * The exceptions of AWS Backup.
 *
 * Pure: shapes and texts.
 * Source   B1.5: types, codes and the texts seen in public threads. A text that is ours alone is marked `Assumed`
 *          where it is made.
 */
import type { DataFaultName } from './data-faults';
import type { StatesFaultName } from './states-faults';

export type FaultName =
  | 'AccessDeniedException'
  | 'AlreadyExistsException'
  | 'ConflictException'
  | 'DependencyFailureException'
  | 'InvalidParameterValueException'
  | 'InvalidRequestException'
  | 'InvalidResourceStateException'
  | 'LimitExceededException'
  | 'MissingParameterValueException'
  | 'ResourceNotFoundException'
  | 'ServiceQuotaExceededException'
  | 'ServiceUnavailableException'
  | 'ValidationException'
  | BudgetsFaultName
  | CloudWatchFaultName
  | ConfigFaultName
  | LogsFaultName
  | QuotasFaultName
  | SecretsFaultName
  | SsmFaultName
  | BatchFaultName
  | MpaFaultName
  | PageFaultName
  | MessageFaultName
  | ThrottlingFaultName
  | EventsFaultName
  | KmsFaultName
  | IamFaultName
  | OrganizationsFaultName
  | CloudFormationFaultName
  | RamFaultName
  | EcrFaultName
  | S3FaultName
  | StatesFaultName
  | Ec2FaultName
  | QueryFaultName
  | DataFaultName;

/** Error codes of EC2. */
export type Ec2FaultName =
  | 'AddressLimitExceeded'
  | 'CannotDelete'
  | 'DependencyViolation'
  | 'Gateway.NotAttached'
  | 'InstanceLimitExceeded'
  | 'IdempotentInstanceTerminated'
  | 'IdempotentParameterMismatch'
  | 'IncorrectInstanceState'
  | 'IncorrectState'
  | 'InvalidAMIID.Malformed'
  | 'InvalidAMIID.NotFound'
  | 'InvalidAllocationID.NotFound'
  | 'InvalidAssociationID.NotFound'
  | 'InvalidGroup.Duplicate'
  | 'InvalidGroup.NotFound'
  | 'InvalidGroup.Reserved'
  | 'InvalidID'
  | 'InvalidInstanceID.NotFound'
  | 'InvalidInstanceType'
  | 'InvalidInternetGatewayID.NotFound'
  | 'InvalidIPAddress.InUse'
  | 'InvalidNetworkAclID.NotFound'
  | 'InvalidNetworkInterfaceID.NotFound'
  | 'InvalidParameter'
  | 'InvalidParameterCombination'
  | 'InvalidParameterValue'
  | 'InvalidPermission.Duplicate'
  | 'InvalidPermission.NotFound'
  | 'InvalidRoute.NotFound'
  | 'InvalidRouteTableID.NotFound'
  | 'InvalidSecurityGroupRuleId.NotFound'
  | 'InvalidSnapshot.NotFound'
  | 'InvalidSubnet.Conflict'
  | 'InvalidSubnet.Range'
  | 'InvalidSubnetID.NotFound'
  | 'InvalidVolume.NotFound'
  | 'InvalidVolume.ZoneMismatch'
  | 'InvalidVolumeModification.NotFound'
  | 'InvalidVpc.Range'
  | 'InvalidVpcID.NotFound'
  | 'InvalidZone.NotFound'
  | 'MissingInput'
  | 'MissingParameter'
  | 'NatGatewayNotFound'
  | 'Resource.AlreadyAssociated'
  | 'RouteAlreadyExists'
  | 'OperationNotPermitted'
  | 'VPCIdNotSpecified'
  | 'VolumeInUse';

/** Exceptions that AWS Budgets alone has. */
export type BudgetsFaultName = 'CreationLimitExceededException' | 'DuplicateRecordException';

/** Exceptions that CloudWatch alone has. */
export type CloudWatchFaultName = 'DashboardInvalidInputError' | 'DashboardNotFoundError' | 'ResourceNotFound';

/** Exceptions that AWS Config alone has. */
export type ConfigFaultName =
  | 'LastDeliveryChannelDeleteFailedException'
  | 'MaxNumberOfConfigurationRecordersExceededException'
  | 'MaxNumberOfDeliveryChannelsExceededException'
  | 'NoAvailableConfigurationRecorderException'
  | 'NoAvailableDeliveryChannelException'
  | 'NoSuchConfigRuleException'
  | 'NoSuchConfigurationRecorderException'
  | 'NoSuchConformancePackException'
  | 'NoSuchDeliveryChannelException';

/** Exceptions that CloudWatch Logs alone has. */
export type LogsFaultName = 'ResourceAlreadyExistsException';

/** Exceptions that Service Quotas alone has. */
export type QuotasFaultName = 'NoSuchResourceException';

/** Exceptions that Systems Manager alone has. */
export type SsmFaultName =
  | 'DocumentAlreadyExists'
  | 'DocumentVersionLimitExceeded'
  | 'DuplicateDocumentContent'
  | 'DuplicateDocumentVersionName'
  | 'InvalidAllowedPatternException'
  | 'InvalidDocument'
  | 'InvalidDocumentContent'
  | 'InvalidDocumentOperation'
  | 'InvalidDocumentVersion'
  | 'InvalidKeyId'
  | 'InvalidResourceId'
  | 'ParameterAlreadyExists'
  | 'ParameterNotFound'
  | 'ParameterPatternMismatchException';
/** Exceptions of CloudFormation. */
export type CloudFormationFaultName =
  | 'ChangeSetNotFoundException'
  | 'InsufficientCapabilitiesException'
  | 'InvalidChangeSetStatusException'
  | 'InvalidOperationException'
  | 'NameAlreadyExistsException'
  | 'OperationNotFoundException'
  | 'StackInstanceNotFoundException'
  | 'StackSetNotEmptyException'
  | 'StackSetNotFoundException'
  | 'ValidationError';

/** What services of the query protocol call faults that they do not declare. */
export type QueryFaultName = 'AccessDenied' | 'ValidationError';

/** Exceptions that AWS RAM alone has. */
export type RamFaultName =
  | 'OperationNotPermittedException'
  | 'ResourceShareInvitationAlreadyAcceptedException'
  | 'ResourceShareInvitationAlreadyRejectedException'
  | 'ResourceShareInvitationArnNotFoundException'
  | 'ResourceShareInvitationExpiredException'
  | 'UnknownResourceException';

/** Exceptions of ECR. */
export type EcrFaultName =
  | 'ImageNotFoundException'
  | 'LifecyclePolicyNotFoundException'
  | 'RepositoryAlreadyExistsException'
  | 'RepositoryNotFoundException'
  | 'RepositoryPolicyNotFoundException';

/** Exceptions of S3. Source: S3 API reference, error codes. */
export type S3FaultName = keyof typeof S3_STATUS;

const S3_STATUS = {
  AccessControlListNotSupported: 400,
  AccessDenied: 403,
  BadDigest: 400,
  BadRequest: 400,
  BucketAlreadyExists: 409,
  BucketAlreadyOwnedByYou: 409,
  BucketNotEmpty: 409,
  EntityTooLarge: 400,
  EntityTooSmall: 400,
  IllegalLocationConstraintException: 400,
  IllegalVersioningConfigurationException: 400,
  IncompleteBody: 400,
  IncorrectNumberOfFilesInPostRequest: 400,
  InvalidArgument: 400,
  InvalidBucketAclWithObjectOwnership: 400,
  InvalidBucketName: 400,
  InvalidBucketState: 409,
  InvalidChunkSizeError: 403,
  InvalidPart: 400,
  InvalidPartNumber: 416,
  InvalidPartOrder: 400,
  InvalidPolicyDocument: 400,
  InvalidRange: 416,
  InvalidRequest: 400,
  InvalidTag: 400,
  InvalidURI: 400,
  KeyTooLongError: 400,
  MalformedACLError: 400,
  MalformedPOSTRequest: 400,
  MalformedPolicy: 400,
  MalformedXML: 400,
  MaxPostPreDataLengthExceededError: 400,
  MethodNotAllowed: 405,
  MissingRequestBodyError: 400,
  NoSuchBucket: 404,
  NoSuchBucketPolicy: 404,
  NoSuchCORSConfiguration: 404,
  NoSuchKey: 404,
  NoSuchLifecycleConfiguration: 404,
  NoSuchPublicAccessBlockConfiguration: 404,
  NoSuchTagSet: 404,
  NoSuchUpload: 404,
  NoSuchVersion: 404,
  NoSuchWebsiteConfiguration: 404,
  NotModified: 304,
  ObjectLockConfigurationNotFoundError: 404,
  OwnershipControlsNotFoundError: 404,
  PreconditionFailed: 412,
  ReplicationConfigurationNotFoundError: 404,
  ServerSideEncryptionConfigurationNotFoundError: 404,
  XAmzContentSHA256Mismatch: 400,
} as const;

/** Exceptions that Secrets Manager alone has. */
export type SecretsFaultName = 'InvalidParameterException' | 'ResourceExistsException';

/** What services call a token of a page that is none of theirs, or of another list. */
export type PageFaultName =
  | 'InvalidMarkerException'
  | 'InvalidNextToken'
  | 'InvalidNextTokenException'
  | 'InvalidPaginationException'
  | 'InvalidPaginationTokenException'
  | 'InvalidToken';

/** Exceptions that multi-party approval alone has. */
export type MpaFaultName = 'TooManyTagsException';

/** What services call a message that they cannot read. */
export type MessageFaultName = 'MalformedInput' | 'MalformedXML' | 'SerializationException';

/** What services call it when too many requests come. */
export type ThrottlingFaultName =
  'RequestThrottled' | 'Throttling' | 'ThrottlingException' | 'TooManyRequestsException';

/** Exceptions of AWS Organizations. */
export type OrganizationsFaultName =
  | 'AWSOrganizationsNotInUseException'
  | 'AccountAlreadyRegisteredException'
  | 'AccountNotFoundException'
  | 'AccountNotRegisteredException'
  | 'AlreadyInOrganizationException'
  | 'ChildNotFoundException'
  | 'ConstraintViolationException'
  | 'DestinationParentNotFoundException'
  | 'DuplicateAccountException'
  | 'DuplicateOrganizationalUnitException'
  | 'DuplicatePolicyAttachmentException'
  | 'DuplicatePolicyException'
  | 'EffectivePolicyNotFoundException'
  | 'HandshakeConstraintViolationException'
  | 'HandshakeNotFoundException'
  | 'InvalidInputException'
  | 'MasterCannotLeaveOrganizationException'
  | 'ParentNotFoundException'
  | 'PolicyInUseException'
  | 'PolicyNotAttachedException'
  | 'PolicyNotFoundException'
  | 'PolicyTypeAlreadyEnabledException'
  | 'PolicyTypeNotEnabledException'
  | 'RootNotFoundException'
  | 'SourceParentNotFoundException'
  | 'TargetNotFoundException'
  | 'CreateAccountStatusNotFoundException'
  | 'OrganizationNotEmptyException'
  | 'OrganizationalUnitNotEmptyException'
  | 'OrganizationalUnitNotFoundException'
  | 'ResourcePolicyNotFoundException';

/** Exceptions that IAM alone has. */
export type IamFaultName =
  | 'DeleteConflictException'
  | 'EntityAlreadyExistsException'
  | 'InvalidInputException'
  | 'NoSuchEntityException'
  | 'UnmodifiableEntityException';

/** Exceptions that KMS alone has. */
export type KmsFaultName =
  | 'DisabledException'
  | 'InvalidAliasNameException'
  | 'InvalidArnException'
  | 'InvalidGrantIdException'
  | 'InvalidGrantTokenException'
  | 'KMSInvalidStateException'
  | 'MalformedPolicyDocumentException'
  | 'NotFoundException'
  | 'TagException'
  | 'UnsupportedOperationException';

/** What SNS and SQS refuse of batches, and of messages in them. */
export type BatchFaultName =
  | 'BatchEntryIdsNotDistinct'
  | 'BatchEntryIdsNotDistinctException'
  | 'BatchRequestTooLong'
  | 'BatchRequestTooLongException'
  | 'EmptyBatchRequest'
  | 'EmptyBatchRequestException'
  | 'InvalidBatchEntryId'
  | 'InvalidBatchEntryIdException'
  | 'MessageNotInflight'
  | 'TooManyEntriesInBatchRequest'
  | 'TooManyEntriesInBatchRequestException';

/** Exceptions of the services that carry events: EventBridge, SNS, SQS, Lambda. */
export type EventsFaultName =
  | 'InvalidEventPatternException'
  | 'InvalidParameterCombinationException'
  | 'InvalidParameterException'
  | 'InvalidRequestContentException'
  | 'NotEmulated'
  | 'NotFoundException'
  | 'FilterPolicyLimitExceededException'
  | 'InvalidAttributeName'
  | 'InvalidAttributeValue'
  | 'InvalidMessageContents'
  | 'PurgeQueueInProgress'
  | 'QueueDoesNotExist'
  | 'QueueNameExists'
  | 'ReceiptHandleIsInvalid'
  | 'SubscriptionLimitExceededException'
  | 'TagLimitExceededException'
  | 'ResourceConflictException';

export interface FaultDetail {
  /** AWS's internal code, e.g. `ERROR_9101`, where it is known. */
  readonly code?: string;
  /** JSON that some exceptions carry, e.g. `["rule", "message"]`. */
  readonly context?: string;
  /** What exists already: AlreadyExistsException alone. */
  readonly arn?: string;
  readonly creatorRequestId?: string;
  /** Members that the exception's own shape has beside those. */
  readonly members?: object | undefined;
}

const STATUS: Readonly<Partial<Record<FaultName, number>>> = {
  ...S3_STATUS,
  AccessDenied: 403,
  AccessDeniedException: 403,
  DeleteConflictException: 409,
  EntityAlreadyExistsException: 409,
  NoSuchEntityException: 404,
  DependencyFailureException: 500,
  ServiceUnavailableException: 500,
};

/** What an operation throws: the exception that AWS answers with. */
export class AwsFault extends Error {
  readonly code: string | undefined;
  readonly context: string | undefined;
  readonly arn: string | undefined;
  readonly creatorRequestId: string | undefined;
  readonly members: object | undefined;

  constructor(
    override readonly name: FaultName,
    message: string,
    detail: FaultDetail = {},
  ) {
    super(message);
    this.code = detail.code;
    this.context = detail.context;
    this.arn = detail.arn;
    this.creatorRequestId = detail.creatorRequestId;
    this.members = detail.members;
  }

  /** HTTP status of the answer. */
  get status(): number {
    return STATUS[this.name] ?? 400;
  }
}
