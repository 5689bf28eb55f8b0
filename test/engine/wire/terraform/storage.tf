resource "aws_s3_bucket" "reports" {
  bucket        = "holdfast-reports"
  force_destroy = true
  tags          = { step = var.step, owner = "storage & <co>" }
}

resource "aws_s3_bucket_versioning" "reports" {
  bucket = aws_s3_bucket.reports.id
  versioning_configuration {
    status = var.step == 1 ? "Enabled" : "Suspended"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "reports" {
  bucket = aws_s3_bucket.reports.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = "alias/reports"
    }
    bucket_key_enabled = var.step == 1
  }
}

resource "aws_s3_bucket_public_access_block" "reports" {
  bucket                  = aws_s3_bucket.reports.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = var.step == 1
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "reports" {
  bucket = aws_s3_bucket.reports.id
  rule {
    object_ownership = var.step == 1 ? "BucketOwnerEnforced" : "BucketOwnerPreferred"
  }
}

resource "aws_s3_bucket_policy" "reports" {
  bucket = aws_s3_bucket.reports.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Tls${var.step}"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.reports.arn, "${aws_s3_bucket.reports.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
  depends_on = [aws_s3_bucket_public_access_block.reports]
}

resource "aws_s3_bucket_cors_configuration" "reports" {
  bucket = aws_s3_bucket.reports.id
  cors_rule {
    allowed_methods = ["GET"]
    allowed_origins = ["https://${var.step}.example.com"]
  }
}

resource "aws_s3_bucket_logging" "reports" {
  bucket        = aws_s3_bucket.reports.id
  target_bucket = aws_s3_bucket.reports.id
  target_prefix = "log${var.step}/"
}

resource "aws_s3_bucket_website_configuration" "reports" {
  bucket = aws_s3_bucket.reports.id
  index_document {
    suffix = "index${var.step}.html"
  }
}

resource "aws_s3_bucket_accelerate_configuration" "reports" {
  bucket = aws_s3_bucket.reports.id
  status = var.step == 1 ? "Enabled" : "Suspended"
}

resource "aws_s3_bucket_request_payment_configuration" "reports" {
  bucket = aws_s3_bucket.reports.id
  payer  = var.step == 1 ? "Requester" : "BucketOwner"
}

resource "aws_s3_bucket_notification" "reports" {
  bucket      = aws_s3_bucket.reports.id
  eventbridge = var.step == 1
}

resource "aws_s3_bucket" "locked" {
  bucket_prefix       = "holdfast-locked-"
  object_lock_enabled = true
}

resource "aws_s3_bucket_object_lock_configuration" "locked" {
  bucket = aws_s3_bucket.locked.id
  rule {
    default_retention {
      mode = "GOVERNANCE"
      days = var.step
    }
  }
}

resource "aws_s3_object" "note" {
  bucket       = aws_s3_bucket.reports.id
  key          = "notes/a b.txt"
  content      = "step ${var.step}"
  content_type = "text/plain"
  tags         = { step = var.step }
  metadata     = { owner = "ops" }
  depends_on   = [aws_s3_bucket_versioning.reports, aws_s3_bucket_server_side_encryption_configuration.reports]
}

data "aws_s3_object" "note" {
  bucket = aws_s3_object.note.bucket
  key    = aws_s3_object.note.key
}

data "aws_s3_bucket" "reports" {
  bucket = aws_s3_bucket.reports.bucket
}

output "read" {
  value = {
    note   = data.aws_s3_object.note.body
    region = data.aws_s3_bucket.reports.region
  }
}

resource "aws_ecr_repository" "images" {
  name                 = "team/images"
  image_tag_mutability = var.step == 1 ? "MUTABLE" : "IMMUTABLE"
  force_delete         = true
  image_scanning_configuration {
    scan_on_push = var.step == 1
  }
  tags = { step = var.step }
}

resource "aws_ecr_lifecycle_policy" "images" {
  repository = aws_ecr_repository.images.name
  policy = jsonencode({
    rules = [{
      rulePriority = 1
      selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 365 }
      action       = { type = "expire" }
    }]
  })
}

resource "aws_ecr_repository_policy" "images" {
  repository = aws_ecr_repository.images.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Step${var.step}"
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "ecr:BatchGetImage"
    }]
  })
}
