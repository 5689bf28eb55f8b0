# Every resource and data source of AWS Backup that AWS provider 5.100.0 has.

locals {
  account = "111122223333"
  role    = "arn:aws:iam::${local.account}:role/backup"
}

resource "aws_backup_vault" "main" {
  name          = "main"
  force_destroy = true
  kms_key_arn   = "arn:aws:kms:eu-central-1:${local.account}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  tags          = var.step == 1 ? { owner = "platform", stage = "test" } : { owner = "storage + co: a@b" }
}

resource "aws_backup_vault" "copies" {
  provider      = aws.west
  name          = "copies"
  force_destroy = true
}

resource "aws_backup_vault" "locked" {
  name = "locked"
}

resource "aws_backup_vault_policy" "main" {
  backup_vault_name = aws_backup_vault.main.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "step${var.step}"
      Effect    = "Deny"
      Principal = "*"
      Action    = ["backup:UpdateRecoveryPointLifecycle"]
      Resource  = "*"
    }]
  })
}

resource "aws_backup_vault_lock_configuration" "governance" {
  backup_vault_name  = aws_backup_vault.locked.name
  min_retention_days = 6 + var.step
  max_retention_days = 400
}

resource "aws_backup_vault_lock_configuration" "compliance" {
  provider            = aws.west
  backup_vault_name   = aws_backup_vault.copies.name
  changeable_for_days = 30
  min_retention_days  = 7
}

resource "aws_backup_vault_notifications" "main" {
  backup_vault_name   = aws_backup_vault.main.name
  sns_topic_arn       = "arn:aws:sns:eu-central-1:${local.account}:backups"
  backup_vault_events = var.step == 1 ? ["BACKUP_JOB_COMPLETED", "RESTORE_JOB_COMPLETED"] : ["COPY_JOB_FAILED"]
}

resource "aws_backup_logically_air_gapped_vault" "apart" {
  name               = "apart"
  min_retention_days = 7
  max_retention_days = 60
  tags               = { step = var.step }
}

resource "aws_backup_plan" "main" {
  name = var.step == 1 ? "main" : "main-renamed"

  rule {
    rule_name                    = "daily"
    target_vault_name            = aws_backup_vault.main.name
    schedule                     = "cron(0 5 ? * * *)"
    schedule_expression_timezone = "Europe/Berlin"
    start_window                 = 60
    completion_window            = 240 * var.step
    recovery_point_tags          = { from = "plan" }

    lifecycle {
      delete_after = 40 + var.step
    }

    copy_action {
      destination_vault_arn = aws_backup_vault.copies.arn
      lifecycle {
        delete_after = 60
      }
    }
  }

  rule {
    rule_name                = "continuous"
    target_vault_name        = aws_backup_vault.main.name
    schedule                 = "cron(0 1 ? * * *)"
    enable_continuous_backup = true
    lifecycle {
      delete_after = 35
    }
  }

  rule {
    rule_name         = "archive"
    target_vault_name = aws_backup_vault.main.name
    schedule          = "cron(0 6 1 * ? *)"
    lifecycle {
      cold_storage_after                        = 30
      delete_after                              = 200
      opt_in_to_archive_for_supported_resources = true
    }
  }

  advanced_backup_setting {
    resource_type  = "EC2"
    backup_options = { WindowsVSS = "enabled" }
  }

  tags = var.step == 1 ? { owner = "platform" } : { owner = "storage", more = "yes" }
}

resource "aws_backup_plan" "small" {
  name = "small"
  rule {
    rule_name         = "weekly"
    target_vault_name = aws_backup_vault.main.name
    schedule          = var.step == 1 ? "cron(0 5 ? * 1 *)" : "cron(0 5 ? * 2 *)"
  }
  tags = { step = var.step }
}

resource "aws_backup_selection" "tagged" {
  plan_id      = aws_backup_plan.main.id
  name         = "tagged"
  iam_role_arn = local.role
  resources    = ["*"]
  condition {
    string_equals {
      key   = "aws:ResourceTag/backup"
      value = "yes"
    }
    string_like {
      key   = "aws:ResourceTag/app"
      value = "p*"
    }
    string_not_equals {
      key   = "aws:ResourceTag/stage"
      value = "step${var.step}"
    }
    string_not_like {
      key   = "aws:ResourceTag/stage"
      value = "tmp*"
    }
  }
}

resource "aws_backup_selection" "listed" {
  plan_id       = aws_backup_plan.small.id
  name          = "listed"
  iam_role_arn  = local.role
  resources     = ["arn:aws:dynamodb:eu-central-1:${local.account}:table/orders"]
  not_resources = ["arn:aws:dynamodb:eu-central-1:${local.account}:table/carts"]
  selection_tag {
    type  = "STRINGEQUALS"
    key   = "stage"
    value = "prod"
  }
}

resource "aws_backup_framework" "audit" {
  name        = "audit"
  description = "step ${var.step}"

  control {
    name = "BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK"
    input_parameter {
      name  = "requiredRetentionDays"
      value = tostring(30 + var.step)
    }
  }

  control {
    name = "BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN"
    scope {
      compliance_resource_types = ["EBS", "RDS"]
    }
  }

  control {
    name = "BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK"
    scope {
      tags = { stage = "prod" }
    }
    input_parameter {
      name  = "requiredFrequencyUnit"
      value = "hours"
    }
    input_parameter {
      name  = "requiredRetentionDays"
      value = "35"
    }
    input_parameter {
      name  = "requiredFrequencyValue"
      value = "24"
    }
  }

  tags = { step = var.step }
}

resource "aws_backup_report_plan" "jobs" {
  name        = "jobs"
  description = "step ${var.step}"
  report_delivery_channel {
    formats        = var.step == 1 ? ["CSV"] : ["CSV", "JSON"]
    s3_bucket_name = "reports"
    s3_key_prefix  = "jobs"
  }
  report_setting {
    report_template = "BACKUP_JOB_REPORT"
  }
  tags = { step = var.step }
}

resource "aws_backup_report_plan" "controls" {
  name = "controls"
  report_delivery_channel {
    formats        = ["CSV"]
    s3_bucket_name = var.step == 1 ? "reports" : "reports-2"
  }
  report_setting {
    report_template      = "CONTROL_COMPLIANCE_REPORT"
    framework_arns       = [aws_backup_framework.audit.arn]
    number_of_frameworks = 1
  }
}

resource "aws_backup_region_settings" "here" {
  resource_type_opt_in_preference = {
    Aurora                   = true
    CloudFormation           = true
    DocumentDB               = true
    DSQL                     = true
    DynamoDB                 = true
    EBS                      = true
    EC2                      = true
    EFS                      = true
    EKS                      = true
    FSx                      = var.step == 1
    Neptune                  = true
    RDS                      = true
    Redshift                 = true
    "Redshift Serverless"    = true
    S3                       = true
    "SAP HANA on Amazon EC2" = true
    "Storage Gateway"        = true
    Timestream               = true
    VirtualMachine           = true
  }
  resource_type_management_preference = {
    CloudFormation = true
    DSQL           = true
    DynamoDB       = var.step == 1
    EFS            = true
  }
}

resource "aws_backup_global_settings" "all" {
  global_settings = {
    isCrossAccountBackupEnabled     = var.step == 1 ? "true" : "false"
    isMpaEnabled                    = "false"
    isDelegatedAdministratorEnabled = "false"
  }
}

resource "aws_backup_restore_testing_plan" "drill" {
  name                         = "drill"
  schedule_expression          = "cron(0 ${var.step} ? * * *)"
  schedule_expression_timezone = "UTC"
  start_window_hours           = 8
  recovery_point_selection {
    algorithm             = "LATEST_WITHIN_WINDOW"
    include_vaults        = ["*"]
    exclude_vaults        = [aws_backup_vault.locked.arn]
    recovery_point_types  = ["CONTINUOUS", "SNAPSHOT"]
    selection_window_days = 7
  }
  tags = { step = var.step }
}

resource "aws_backup_restore_testing_plan" "small" {
  name                = "small"
  schedule_expression = "cron(0 12 ? * * *)"
  recovery_point_selection {
    algorithm            = "RANDOM_WITHIN_WINDOW"
    include_vaults       = [aws_backup_vault.main.arn]
    recovery_point_types = ["SNAPSHOT"]
  }
}

resource "aws_backup_restore_testing_selection" "volumes" {
  name                      = "volumes"
  restore_testing_plan_name = aws_backup_restore_testing_plan.drill.name
  protected_resource_type   = "EBS"
  # The provider forgets to keep overrides that are not declared when it updates in place.
  restore_metadata_overrides = { availabilityZone = "eu-central-1a" }
  iam_role_arn               = local.role
  protected_resource_conditions {
    string_equals {
      key   = "aws:ResourceTag/backup"
      value = "yes"
    }
    string_not_equals {
      key   = "aws:ResourceTag/stage"
      value = "step${var.step}"
    }
  }
  validation_window_hours = 12
}

resource "aws_backup_restore_testing_selection" "tables" {
  name                      = "tables"
  restore_testing_plan_name = aws_backup_restore_testing_plan.drill.name
  protected_resource_type   = "DynamoDB"
  iam_role_arn              = local.role
  protected_resource_arns   = ["*"]
}

data "aws_backup_vault" "main" {
  name = aws_backup_vault.main.name
}

data "aws_backup_plan" "main" {
  plan_id = aws_backup_plan.small.id
}

data "aws_backup_selection" "listed" {
  plan_id      = aws_backup_plan.small.id
  selection_id = aws_backup_selection.listed.id
}

data "aws_backup_framework" "audit" {
  name = aws_backup_framework.audit.name
}

data "aws_backup_report_plan" "jobs" {
  name = aws_backup_report_plan.jobs.name
}

output "read" {
  value = {
    vault     = data.aws_backup_vault.main.tags
    plan      = [data.aws_backup_plan.main.name, data.aws_backup_plan.main.tags]
    selection = data.aws_backup_selection.listed.resources
    framework = [data.aws_backup_framework.audit.deployment_status, data.aws_backup_framework.audit.tags]
    report    = [data.aws_backup_report_plan.jobs.deployment_status, data.aws_backup_report_plan.jobs.tags]
  }
}

output "ids" {
  value = {
    main   = aws_backup_plan.main.id
    small  = aws_backup_plan.small.id
    tagged = aws_backup_selection.tagged.id
    listed = aws_backup_selection.listed.id
  }
}
