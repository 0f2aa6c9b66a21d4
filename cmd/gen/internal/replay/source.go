package replay

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"io"

	"github.com/klauspost/compress/zstd"
)

// meter tells how many bytes were read.
type meter struct {
	in    io.Reader
	tell  func(bytes int64)
	bytes int64
	told  int64
}

// tellEvery is after how many bytes there is news.
const tellEvery = 4 << 20

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.in.Read(p)
	if m.bytes += int64(n); m.tell != nil && m.bytes-m.told >= tellEvery {
		m.told = m.bytes
		m.tell(m.bytes)
	}
	return n, err
}

// maxWindow is how far back a compressed input may refer: as far as those do that zstd
// makes without --ultra and --long. Whoever reads it has to keep as much.
const maxWindow = 8 << 20

// decompressed returns the content of an input, which its first bytes tell to be compressed.
func decompressed(in io.Reader) (content io.Reader, done func(), err error) {
	buffered := bufio.NewReaderSize(in, 64<<10)
	switch magic, _ := buffered.Peek(4); {
	case bytes.HasPrefix(magic, []byte{0x1f, 0x8b}):
		unzipped, err := gzip.NewReader(buffered)
		return unzipped, func() {}, err
	case bytes.Equal(magic, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		unzipped, err := zstd.NewReader(buffered, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, nil, err
		}
		return unzipped, unzipped.Close, nil
	}
	return buffered, func() {}, nil
}
