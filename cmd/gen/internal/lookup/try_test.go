package lookup
import ("testing";"os";"fmt";"strings";"github.com/errkb/errkb/cmd/gen/internal/check")
func TestTry(t *testing.T){
 src,_:=os.ReadFile("../../../../spec/errors.yaml")
 c,probs:=check.Load("spec/errors.yaml",src)
 for i,p:=range probs { if i<10 {fmt.Println(p)} }
 if c==nil {t.Fatal("nil")}
 x:=New(c)
 for _,q:=range []string{"RATE_LIMIT_EXCEEDED","rate-limit-exceeded","Rate limit exceeded","rateLimitExceeded","RATELIMITEXCEEDED","429","HTTP 429","status code: 503","HTTP/1.1 502 Bad Gateway",
 `{\"success\":false,\"code\":\"RATE_LIMIT_EXCEEDED\"}`, `{"success":false,"code":"RATE_LIMIT_EXC`, "OK|12345", `{"success":true,"text":"x"}`, "Too many requests","Image exceeds 2 MB limit","RATE_LIMT_EXCEEDED",
 "RATE_LIMIT_EX\nCEEDED","&quot;RATE&#95;LIMIT&#95;EXCEEDED&quot;","“RATE_LIMIT_EXCEEDED”","HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\nRetry-After: 12\r\n\r\n{\"success\":false,\"error\":\"Too many requests\",\"code\":\"RATE_LIMIT_EXCEEDED\"}",
 "HTTP/1.1 502 Bad Gateway\nServer: nginx\n\n<html><h1>502 Bad Gateway</h1></html>", "CAPTCHA_NOT_READY","WRONG_USER_KEY","999","order 5003","502 items","port 503","5xx","timeout","413","TOKEN_EXPIRED",
 "requests.exceptions.HTTPError: 429 Client Error: Too Many Requests for url: https://x", "AxiosError: Request failed with status code 429", `2024-01-01 ERROR api returned {"status":0,"request":"ERROR_ZERO_BALANCE"} after 3 tries`, "hello", "", "RATELIMIT_EXCEEDED", "ERR_RATE_LIMIT_EXCEEDED","userRateLimitExceeded",
 `{"status":1,"request":"TOKEN"}`,"OK","OK|", "Error: token expired", "we get rate limit exceeded all the time",
 }{
  fmt.Printf("%.60q\n",q)
  for _,m:=range x.Explain(q){ fmt.Println("    ",m.Confidence,m.Entry.API.Name,m.Entry.Kind,m.Entry.Code,"|",m.Why)}
 }
 _=strings.ToUpper
}
