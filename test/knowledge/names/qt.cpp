// Every name of qt.yaml, looked up on what Qt's headers declare.
// REQUIRES: qt
// RUN: corolint-knowledge-dump %s -- -std=c++20 -w -fPIC \
// RUN:   -I/usr/include/x86_64-linux-gnu/qt5 -I/usr/include/x86_64-linux-gnu/qt5/QtCore \
// RUN:   -I/usr/include/x86_64-linux-gnu/qt5/QtGui -I/usr/include/x86_64-linux-gnu/qt5/QtWidgets > %t
// RUN: corolint-knowledge-dump --missing=qt.yaml %t | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of qt.yaml are proven

#include <QtConcurrent/QtConcurrent>
#include <QtCore/QtCore>
#include <QtCore/qtestsupport_core.h>
#include <QtDBus/QtDBus>
#include <QtGui/qguiapplication.h>
#include <QtNetwork/QtNetwork>
#include <QtSql/QtSql>
#include <QtWidgets/QtWidgets>
#include <chrono>

void mutexes(QMutex &m, QRecursiveMutex &r, QBasicMutex &b, QReadWriteLock &l) {
  m.tryLock();
  m.try_lock();
  m.try_lock_for(std::chrono::seconds(1));
  m.try_lock_until(std::chrono::steady_clock::now());
  m.unlock();
  r.lock();
  r.tryLock();
  r.try_lock();
  r.try_lock_for(std::chrono::seconds(1));
  r.try_lock_until(std::chrono::steady_clock::now());
  r.unlock();
  b.lock();
  b.tryLock();
  b.try_lock();
  b.unlock();
  l.tryLockForRead();
  l.tryLockForWrite();
  l.unlock();
}

void containers(QList<int> l, QString s, QByteArray b, QHash<int, int> h, QSet<int> hs,
                QMap<int, int> m, QMultiHash<int, int> mh, QMultiMap<int, int> mm,
                QVarLengthArray<int, 2> va) {}

void threads(QThread &t, QThreadPool &p, QSemaphore &s, QWaitCondition &w, QMutex &m,
             QReadWriteLock &l, QFuture<int> &f, QFutureWatcher<int> &fw) {
  QThread::sleep(1);
  QThread::msleep(1);
  QThread::usleep(1);
  t.wait();
  p.waitForDone();
  p.start(static_cast<QRunnable *>(nullptr));
  s.acquire();
  s.tryAcquire(1, 1);
  w.wait(&m);
  m.lock();
  QMutexLocker locker(&m);
  l.lockForRead();
  l.lockForWrite();
  QReadLocker reader(&l);
  QWriteLocker writer(&l);
  f.waitForFinished();
  f.result();
  f.results();
  f.resultAt(0);
  fw.waitForFinished();
  fw.result();
  fw.resultAt(0);
  QtConcurrent::run([] {});
  QThread::create([] {});
}

void devices(QProcess &p, QIODevice &d, QTcpSocket &t, QSslSocket &s, QTcpServer &ts,
             QLocalSocket &l, QLocalServer &ls) {
  p.waitForStarted();
  p.waitForFinished();
  p.waitForReadyRead();
  p.waitForBytesWritten();
  QProcess::execute("x", {});
  d.waitForReadyRead(1);
  d.waitForBytesWritten(1);
  t.waitForConnected();
  t.waitForDisconnected();
  t.waitForReadyRead();
  t.waitForBytesWritten();
  s.waitForEncrypted();
  ts.waitForNewConnection();
  l.waitForConnected();
  l.waitForDisconnected();
  l.waitForReadyRead();
  l.waitForBytesWritten();
  ls.waitForNewConnection();
  QHostInfo::fromName("host");
}

void processes(QSystemSemaphore &s, QSharedMemory &m, QLockFile &l, QDBusInterface &i,
               QDBusConnection &c, QDBusPendingCall &p, const QDBusMessage &message) {
  s.acquire();
  m.lock();
  l.lock();
  i.call("method");
  i.callWithArgumentList(QDBus::Block, "method", {});
  c.call(message);
  p.waitForFinished();
}

void databases(QSqlDatabase &d, QSqlQuery &q) {
  d.open();
  d.exec();
  d.transaction();
  d.commit();
  d.rollback();
  q.prepare("x");
  q.exec();
  q.execBatch();
}

void files(QFile &f, QSaveFile &s, QDir &d, QSettings &t, char *p) {
  f.open(QFile::ReadOnly);
  f.exists();
  f.remove();
  f.rename("x");
  f.copy("x");
  f.read(1);
  f.readAll();
  f.readLine();
  f.write(p);
  f.flush();
  s.open(QFile::WriteOnly);
  s.write(p);
  s.commit();
  d.entryList();
  d.entryInfoList();
  d.mkdir("x");
  d.mkpath("x");
  d.rmdir("x");
  d.removeRecursively();
  d.remove("x");
  d.rename("x", "y");
  t.sync();
}

// Qt Quick is not installed: this is what the entry asks of its class.
class QQuickItem : public QObject {};

void connections(QTimer &timer, QWidget &widget, QWindow &window, QAbstractItemModel &model,
                 QCoreApplication &application, QQuickItem &item) {
  QObject::connect(&timer, &QTimer::timeout, &widget, [] {});
  QObject::connect(&timer, &QTimer::timeout, &window, [] {});
  QObject::connect(&timer, &QTimer::timeout, &model, [] {});
  QObject::connect(&timer, &QTimer::timeout, &application, [] {});
  QObject::connect(&timer, &QTimer::timeout, &item, [] {});
  QObject::connect(&timer, &QTimer::timeout, &widget, &QWidget::close);
  QObject::connect(&timer, SIGNAL(timeout()), &widget, SLOT(close()));
}

struct Thread : QThread {
  void run() override { exec(); }
};

void loops(QEventLoop &l, QDialog &d, QMenu &m, QWidget *w) {
  l.exec();
  l.processEvents();
  QCoreApplication::exec();
  QCoreApplication::processEvents();
  QGuiApplication::exec();
  QApplication::exec();
  d.exec();
  m.exec();
  QMessageBox::question(w, "x", "y");
  QMessageBox::information(w, "x", "y");
  QMessageBox::warning(w, "x", "y");
  QMessageBox::critical(w, "x", "y");
  QFileDialog::getOpenFileName();
  QFileDialog::getOpenFileNames();
  QFileDialog::getSaveFileName();
  QFileDialog::getExistingDirectory();
  QInputDialog::getText(w, "x", "y");
  QInputDialog::getMultiLineText(w, "x", "y");
  QInputDialog::getItem(w, "x", "y", {});
  QInputDialog::getInt(w, "x", "y");
  QInputDialog::getDouble(w, "x", "y");
  QTest::qWait(1);
}
