package bench
import (
 _ "github.com/cenkalti/backoff/v7"
 _ "github.com/avast/retry-go/v5"
 _ "github.com/failsafe-go/failsafe-go"
 _ "github.com/failsafe-go/failsafe-go/failsafehttp"
 _ "github.com/failsafe-go/failsafe-go/retrypolicy"
 _ "github.com/hashicorp/go-retryablehttp"
 _ "github.com/aws/aws-sdk-go-v2/aws/retry"
)
