package lookuptest

// ArgsSpec holds an API whose messages have arguments.
const ArgsSpec = `format: 1
categories: {broken: {action: fail, who: developer}}
apis:
  alpha:
    title: Alpha
    reply: [{json: {code: [/code], message: [/message]}}]
    codes:
      E-1050:
        args: {limit: {type: bytes, example: 2MiB}, file_name: {type: string, example: cat.png}}
        message: "The upload of {{file_name}} exceeds what we take, {{limit}}"
        meaning: Too large
        category: broken
        fix: Cut it
`

// ArgsAnswers are of ArgsSpec: messages with values in the places of arguments, or with the
// marks by which pages show these.
var ArgsAnswers = []Answer{
	{"413: The upload of dog.png exceeds what we take, 5 MiB (request 7)", []string{"likely alpha code E-1050"}},
	{"The upload of a‹b› exceeds what we take, 3 B", []string{"likely alpha code E-1050"}},
	{"The upload of ‹file name› exceeds what we take, ‹limit›", []string{"likely alpha code E-1050"}},
	{"The upload of dog.png is what we take", nil},
}
