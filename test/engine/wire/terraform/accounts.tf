# An organization with an account that works and one that keeps the copies, made and filled by one configuration.

resource "aws_organizations_organization" "all" {
  aws_service_access_principals = ["backup.amazonaws.com"]
  # AWS enables those that control services by itself.
  enabled_policy_types = ["BACKUP_POLICY", "SERVICE_CONTROL_POLICY"]
}

resource "aws_organizations_organizational_unit" "workloads" {
  name      = "workloads"
  parent_id = aws_organizations_organization.all.roots[0].id
}

resource "aws_organizations_account" "shop" {
  name      = "shop"
  email     = "shop@example.com"
  parent_id = aws_organizations_organizational_unit.workloads.id
}

resource "aws_organizations_account" "bunker" {
  name      = "bunker"
  email     = "bunker@example.com"
  parent_id = aws_organizations_organization.all.roots[0].id
}

resource "aws_backup_global_settings" "all" {
  global_settings = {
    isCrossAccountBackupEnabled     = "true"
    isDelegatedAdministratorEnabled = "false"
    isMpaEnabled                    = "false"
  }
  depends_on = [aws_organizations_organization.all]
}

# The management account has its access key in the environment; the others are entered by the role that is made with them.

provider "aws" {
  alias       = "shop"
  region      = "eu-central-1"
  max_retries = 2
  assume_role {
    role_arn = "arn:aws:iam::${aws_organizations_account.shop.id}:role/OrganizationAccountAccessRole"
  }
}

provider "aws" {
  alias       = "bunker"
  region      = "eu-west-1"
  max_retries = 2
  assume_role {
    role_arn = "arn:aws:iam::${aws_organizations_account.bunker.id}:role/OrganizationAccountAccessRole"
  }
}

# The account that keeps the copies.

resource "aws_kms_key" "bunker" {
  provider                = aws.bunker
  deletion_window_in_days = 7
}

resource "aws_backup_vault" "bunker" {
  provider      = aws.bunker
  name          = "bunker"
  kms_key_arn   = aws_kms_key.bunker.arn
  force_destroy = true
}

resource "aws_backup_vault_policy" "bunker" {
  provider          = aws.bunker
  backup_vault_name = aws_backup_vault.bunker.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "backup:CopyIntoBackupVault"
      Resource  = "*"
      Condition = { StringEquals = { "aws:PrincipalOrgID" = aws_organizations_organization.all.id } }
    }]
  })
}

# The account that works.

resource "aws_iam_role" "backup" {
  provider = aws.shop
  name     = "backup"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "backup.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy_attachment" "backup" {
  provider   = aws.shop
  role       = aws_iam_role.backup.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"
}

resource "aws_backup_vault" "shop" {
  provider      = aws.shop
  name          = "shop"
  force_destroy = true
}

resource "aws_backup_plan" "shop" {
  provider = aws.shop
  name     = "shop"
  rule {
    rule_name         = "daily"
    target_vault_name = aws_backup_vault.shop.name
    schedule          = "cron(0 5 ? * * *)"
    lifecycle {
      delete_after = 7
    }
    copy_action {
      destination_vault_arn = aws_backup_vault.bunker.arn
      lifecycle {
        delete_after = 30
      }
    }
  }
}

resource "aws_backup_selection" "shop" {
  provider     = aws.shop
  name         = "files"
  plan_id      = aws_backup_plan.shop.id
  iam_role_arn = aws_iam_role.backup.arn
  resources    = ["arn:aws:elasticfilesystem:*:*:file-system/*"]
}

# What the organization tells its accounts.

resource "aws_organizations_policy" "daily" {
  name = "daily"
  type = "BACKUP_POLICY"
  content = jsonencode({
    plans = {
      organization = {
        regions = { "@@assign" = ["eu-central-1"] }
        rules = {
          nightly = {
            schedule_expression      = { "@@assign" = "cron(0 22 ? * * *)" }
            target_backup_vault_name = { "@@assign" = aws_backup_vault.shop.name }
            lifecycle                = { delete_after_days = { "@@assign" = "14" } }
            copy_actions = {
              (aws_backup_vault.bunker.arn) = {
                target_backup_vault_arn = { "@@assign" = aws_backup_vault.bunker.arn }
                lifecycle               = { delete_after_days = { "@@assign" = "60" } }
              }
            }
          }
        }
        selections = {
          tags = {
            all = {
              iam_role_arn = { "@@assign" = "arn:aws:iam::$account:role/backup" }
              tag_key      = { "@@assign" = "backup" }
              tag_value    = { "@@assign" = ["nightly"] }
            }
          }
        }
      }
    }
  })
}

resource "aws_organizations_policy_attachment" "daily" {
  policy_id = aws_organizations_policy.daily.id
  target_id = aws_organizations_organizational_unit.workloads.id
}

output "shop" {
  value = aws_organizations_account.shop.id
}

output "bunker" {
  value = aws_organizations_account.bunker.id
}
