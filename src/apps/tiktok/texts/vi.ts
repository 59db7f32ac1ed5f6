import type { Texts } from './en.ts';

/** Vietnamese, as far as public notes tell; enough to read a feed, comments and the prompt to update an account. */
export const vi: Texts = {
  search: ['Tìm kiếm'],
  'add-comment': ['Thêm bình luận...', 'Thêm bình luận…'],
  'keep-editing': ['Tiếp tục chỉnh sửa bài đăng này?'],
  'update-must': ['cần được cập nhật'],
  'not-now': ['Để sau'],
};
