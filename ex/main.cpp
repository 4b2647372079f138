// A little service: it answers requests for notes, and writes down who asked for what.

#include "store.hpp"

#include <iostream>
#include <string>
#include <vector>

mini::task<> audit(store &notes, std::string request) {
  co_await notes.append("audit", request);
}

mini::task<std::string> answer(store &notes, std::string request) {
  auto written = audit(notes, request);
  std::string text = co_await notes.read(request);
  co_return notes.heading() + text;
}

mini::task<> serve(store &notes, std::vector<std::string> requests) {
  for (const std::string &request : requests)
    std::cout << co_await answer(notes, request);
  std::cout << "-- asked for:\n" << co_await notes.read("audit");
}

int main(int count, char **words) {
  if (count < 2) {
    std::cerr << "usage: notes FOLDER NAME...\n";
    return 2;
  }
  store notes(words[1]);
  mini::run(serve(notes, {words + 2, words + count}));
}
